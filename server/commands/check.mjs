import { pathToFileURL } from 'node:url';
import { checkDirections } from './directions.mjs';
import { install, installed, run } from './steps.mjs';

const CHECKS = [
  ['types', () => run(installed('tsc'), ['--noEmit'])],
  ['pure rooms', () => run(installed('tsc'), ['--project', 'lib/tsconfig.pure.json'])],
  ['lint', () => run(installed('biome'), ['ci', '--error-on-warnings', '--colors=off', '.'])],
  ['directions', () => checkDirections()],
  ['dead code', () => run(installed('knip'), ['--no-progress'])],
];

/** Runs every check, all of them whatever fails. @returns {Promise<{passed: number, failed: number}>} */
export async function check() {
  const counts = { passed: 0, failed: 0 };
  for (const [name, holds] of CHECKS) {
    const good = (await holds()) === 0;
    counts[good ? 'passed' : 'failed'] += 1;
    console.log(`check ${name}: ${good ? 'holds' : 'FAILED'}`);
  }
  return counts;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await install();
  const { failed } = await check();
  process.exitCode = failed ? 1 : 0;
}
