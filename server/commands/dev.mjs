import { buildSound } from './build.mjs';
import { install, installed, run } from './steps.mjs';

/** `npm run dev`: the same from the sources; pages reload by themselves, the server restarts when a file of it changes. */
await install();
await buildSound();
process.exitCode = await run(installed('tsx'), ['watch', '--clear-screen=false', '--exclude', './data/**', 'server/main.ts'], {
  NODE_ENV: 'development',
  NEXT_TELEMETRY_DISABLED: '1',
});
