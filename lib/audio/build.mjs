import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const HERE = dirname(fileURLToPath(import.meta.url));
const BUILT = join(HERE, '../../public/built');

const shared = { bundle: true, minify: true, platform: 'browser', target: 'es2022', sourcemap: true, logLevel: 'warning' };

/** Bundles what runs beside the page into `public/built`: the worklet as a module, the workers as classic scripts. */
export async function buildAudio() {
  await Promise.all([
    build({ ...shared, format: 'esm', entryPoints: { 'desk-worklet': join(HERE, 'host/worklet.ts') }, outdir: BUILT }),
    build({
      ...shared,
      format: 'iife',
      entryPoints: { 'decode-worker': join(HERE, 'stems/decode-worker.ts'), 'render-worker': join(HERE, 'render/render-worker.ts') },
      outdir: BUILT,
    }),
  ]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildAudio();
