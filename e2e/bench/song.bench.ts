import { writeFileSync } from 'node:fs';
import type { Figure } from './figure';
import { BOUNDS, FAULTS } from './song/faults';
import { mendedMix, rawMix } from './song/mended-mix';
import { SongRenderer } from './song/render-song';

function print(rows: readonly (readonly [string, number, number, string])[]): void {
  const number = (value: number) => value.toFixed(1).padStart(8);
  console.log(`${''.padEnd(42)}  before   after`);
  for (const [what, before, after, unit] of rows) console.log(`${what.padEnd(42)}${number(before)}${number(after)}  ${unit}`);
}

/**
 * The demo song as it opens and with its planted faults mended by commands (effects, sends, automation), both rendered from the
 * real stems and measured. Nothing of it depends on the machine, so what misses is an error.
 */
async function main(): Promise<void> {
  const renderer = await SongRenderer.open();
  const raw = await renderer.renderAll(rawMix());
  const mended = await renderer.renderAll(mendedMix());
  const mendings = FAULTS.map((fault) => ({ ...fault, before: fault.measure(raw), after: fault.measure(mended) }));
  const bounds = BOUNDS.map((bound) => ({ ...bound, before: bound.measure(raw), after: bound.measure(mended) }));
  print([...mendings, ...bounds].map(({ what, before, after, unit }) => [what, before, after, unit]));
  const figures: Figure[] = [
    ...mendings.map(({ what, unit, wanted, before, after }) => {
      const change = after - before;
      return { name: `song: ${what}, change`, value: change, unit, goal: wanted, holds: wanted > 0 ? change >= wanted : change <= wanted };
    }),
    ...bounds.map(({ what, unit, from, until, after }) => {
      return { name: `song: ${what}`, value: after, unit, goal: until, holds: after >= from && after <= until };
    }),
  ];
  const file = process.env['FIGURES'];
  if (file) writeFileSync(file, JSON.stringify(figures));
  const missed = figures.filter(({ holds }) => !holds);
  for (const { name, value, goal } of missed) console.error(`${name}: ${value.toFixed(2)}, wanted ${goal}`);
  if (missed.length > 0) process.exitCode = 1;
}

await main();
