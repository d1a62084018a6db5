import { library } from '../../tools/tsup.ts';

export default library(['src/index.ts', 'src/body/index.ts', 'src/files/index.ts', 'src/memory/index.ts']);
