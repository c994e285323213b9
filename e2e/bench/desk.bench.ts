import { writeFileSync } from 'node:fs';
import { measureProcessors, measureStrips } from '../../lib/desk/bench';
import type { Figure } from './figure';

/** What one processor may take at the most, in percent of a core. */
const MOST_OF_A_CORE = 2.5;

/** Prints how fast the desk renders full strips, and writes the figures where they are wanted. */
async function main(): Promise<void> {
  const speeds = new Map<number, number>();
  for (const count of [16, 32, 64]) speeds.set(count, await measureStrips(count));
  const core = (count: number) => 100 / (speeds.get(count) ?? 0);
  const growth = core(64) / core(32);
  const figures: Figure[] = [
    ...[...speeds].map(([count, speed]) => {
      const goal = count === 64 ? 4 : 8;
      return { name: `desk, ${count} full strips`, value: speed, unit: '× real time', goal, holds: speed >= goal };
    }),
    { name: 'desk, cost of 64 strips against 32', value: growth, unit: '×', goal: 2.2, holds: growth <= 2.2 },
    ...[...(await measureProcessors())].map(([name, cost]) => ({
      name: `desk, one ${name}`,
      value: cost,
      unit: '% of a core',
      goal: MOST_OF_A_CORE,
      holds: cost <= MOST_OF_A_CORE,
    })),
  ];
  for (const { name, value, unit } of figures) console.log(`${name}: ${value.toFixed(2)} ${unit}`);
  const file = process.env['FIGURES'];
  if (file) writeFileSync(file, JSON.stringify(figures));
}

await main();
