import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installForTests } from './browser.mjs';
import { build } from './build.mjs';
import { install, installed, run } from './steps.mjs';

/** What can be measured: each writes its figures as JSON to the file named by `FIGURES`. */
const BENCHES = {
  audio: () => [installed('tsx'), ['e2e/bench/desk.bench.ts']],
  fuzz: () => [installed('tsx'), ['e2e/bench/fuzz.bench.ts']],
  peers: () => [installed('playwright'), ['test', '--config', 'e2e/bench/peers/playwright.config.ts']],
  page: () => [installed('playwright'), ['test', '--config', 'e2e/bench/playwright.config.ts', 'long-session']],
  live: () => [installed('playwright'), ['test', '--config', 'e2e/bench/playwright.config.ts', 'live-console']],
  export: () => [installed('playwright'), ['test', '--config', 'e2e/bench/playwright.config.ts', 'export']],
  sync: () => [installed('tsx'), ['e2e/bench/sync/sync.bench.ts']],
  check: () => [installed('playwright'), ['test', '--config', 'e2e/bench/playwright.config.ts', 'check']],
  song: () => [installed('tsx'), ['e2e/bench/song.bench.ts']],
};

function line({ name, value, unit, ratio, goal, holds }) {
  const against = ratio === undefined ? '' : `, ${ratio.toFixed(2)} × peer`;
  return `${holds ? 'holds ' : 'MISSES'} ${name}: ${value.toFixed(2)} ${unit}${against} (goal ${goal})`;
}

const words = process.argv.slice(2);
const json = words.includes('--json');
const named = words.filter((word) => !word.startsWith('--'));
const unknown = named.filter((name) => !(name in BENCHES));
if (unknown.length) {
  console.error(`There is no benchmark named ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}

await install();
const chromium = await installForTests();
await build();
const folder = mkdtempSync(join(tmpdir(), 'figures-'));
const figures = [];
for (const name of named.length ? named : Object.keys(BENCHES)) {
  const file = join(folder, `${name}.json`);
  const [program, arguments_] = BENCHES[name]();
  const code = await run(program, arguments_, { FIGURES: file, CHROMIUM: chromium, NODE_ENV: 'production' });
  if (code !== 0) process.exitCode = 1;
  figures.push(...JSON.parse(readFileSync(file, 'utf8')));
}
rmSync(folder, { recursive: true });
if (json) console.log(JSON.stringify(figures));
else for (const figure of figures) console.log(line(figure));
