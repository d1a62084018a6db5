import manifest from './package.json' with { type: 'json' };
import { library } from '../../tools/tsup.ts';

/** One entry per sub-path, as the generated `exports` have them. */
const sources = Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry['@cmx/source'].replace('./', '')]));

export default library(sources);
