import { defineConfig, type Options } from 'tsup';
import manifest from './package.json' with { type: 'json' };
import { library } from '../../tools/tsup.ts';

/** One entry per sub-path, as the generated `exports` have them. */
const sources = Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry['@cmx/source'].replace('./', '')]));

/** CommonJS has no `import.meta.url`, which tells `availability()` where to look for packages. */
const ownUrl: Options['esbuildOptions'] = (options, { format }) => {
  if (format !== 'cjs') return;
  options.define = { ...options.define, 'import.meta.url': 'ownUrl' };
  options.banner = { js: "const ownUrl = require('node:url').pathToFileURL(__filename).href;" };
};

export default defineConfig({ ...(library(sources) as Options), esbuildOptions: ownUrl });
