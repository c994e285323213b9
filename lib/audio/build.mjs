import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const HERE = dirname(fileURLToPath(import.meta.url));
const BUILT = join(HERE, '../../public/built');

/** Modules of our own do nothing by being imported, so a door's other rooms (zod and its schemas) stay out of the bundles. */
const ownModulesArePure = {
  name: 'own-modules-are-pure',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.{1,2}\// }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === 'asked') return;
      const found = await bundler.resolve(path, { ...rest, pluginData: 'asked' });
      return found.errors.length > 0 || found.path.includes('node_modules') ? found : { ...found, sideEffects: false };
    });
  },
};

const shared = {
  plugins: [ownModulesArePure],
  bundle: true,
  minify: true,
  platform: 'browser',
  target: 'es2022',
  sourcemap: true,
  logLevel: 'warning',
};

/** Bundles what runs beside the page into `public/built`: the worklet as a module, the workers as classic scripts. */
export async function buildAudio() {
  await Promise.all([
    build({ ...shared, format: 'esm', entryPoints: { 'desk-worklet': join(HERE, 'host/worklet.ts') }, outdir: BUILT }),
    build({
      ...shared,
      format: 'iife',
      entryPoints: {
        'check-worker': join(HERE, 'check/check-worker.ts'),
        'decode-worker': join(HERE, 'stems/decode-worker.ts'),
        'measure-worker': join(HERE, 'check/measure-worker.ts'),
        'print-worker': join(HERE, 'print/print-worker.ts'),
        'render-worker': join(HERE, 'render/render-worker.ts'),
        'segment-worker': join(HERE, 'stems/segment-worker.ts'),
      },
      outdir: BUILT,
    }),
  ]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildAudio();
