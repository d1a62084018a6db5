export { writeFileAtomically } from './atomic-file.ts';
export { contentTypeOf } from './content-types.ts';
export { downloadToFile, type DownloadToFileOptions, type OpenObject } from './download-to-file.ts';
export { fileError } from './file-errors.ts';
export { openFile } from './file-source.ts';
export { uploadFromFile } from './upload-from-file.ts';
