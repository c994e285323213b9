import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint, install, installed, must, remember, root } from './steps.mjs';

const STAMP = join(root, 'dist', 'built-from');

/** The desk's WASM, the audio worklet and the workers, into `public/built`. */
export async function buildSound() {
  const { compileDesk } = await import('../../lib/desk/compile.mjs');
  await compileDesk();
  const { buildAudio } = await import('../../lib/audio/build.mjs');
  await buildAudio();
}

async function buildServer() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: {
      server: join(root, 'server/main.ts'),
      'ingest-worker': join(root, 'lib/ingest/worker.ts'),
      'database-thread': join(root, 'server/embedded/thread.ts'),
    },
    outdir: join(root, 'dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
}

/** Builds everything unless the sources are those of the last build. */
export async function build() {
  const now = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === now) return;
  console.log('Building …');
  await buildSound();
  await buildServer();
  await must('Building the pages', installed('next'), ['build'], { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' });
  remember(STAMP, now);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await install();
  await build();
}
