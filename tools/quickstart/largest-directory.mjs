import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The entry of a directory with the most regular files below it: with dependencies, a few thousand of every kind. */
export function largestDirectory(parent) {
  const directories = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const counted = directories.map(({ name }) => ({ directory: path.join(parent, name), files: countFiles(path.join(parent, name)) }));
  const [largest] = counted.sort((a, b) => b.files - a.files);
  if (!largest?.files) throw new Error(`There are no files in ${parent}: give a directory`);
  return largest.directory;
}

/** Links are not followed: what they point to belongs to somebody else. */
function countFiles(directory) {
  let files = 0;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) files += countFiles(path.join(directory, entry.name));
    else if (entry.isFile()) files += 1;
  }
  return files;
}
