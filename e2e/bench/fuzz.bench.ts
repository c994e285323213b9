import { writeFileSync } from 'node:fs';
import { loadDeskModule } from '../../lib/desk/node';
import { RandomConsole } from '../../lib/desk/random-console';
import { Rig } from '../../lib/desk/rig';
import type { Figure } from './figure';
import { RebuiltConsole } from './fuzz/rebuilt-console';

/** Consoles of each kind; the seconds are shared by all of them. */
const CONSOLES = 5;
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 100_000_000);
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 300);
const BLOCK = 128;
/** Between two things that hands do to a console that is listened to for clicks. */
const APART = 4800;

/** What goes wrong with any console of all processors, moved by any hands. */
function anyConsole(module: WebAssembly.Module, seed: number, frames: number) {
  const rig = new Rig(module);
  const { desk } = rig;
  const console_ = new RandomConsole(rig, seed);
  rig.fill(0);
  desk.write([
    { do: 'loop', range: { from: 0, until: 480_000 } },
    { do: 'start', position: 0 },
  ]);
  const before = desk.memory.buffer.byteLength;
  let [peak, energy] = [0, 0];
  for (let done = 0; done < frames; done += BLOCK) {
    desk.write(console_.moves(2));
    desk.process(BLOCK);
    for (const side of [0, 1] as const) {
      for (const sample of desk.mix(side)) {
        peak = Math.max(peak, Math.abs(sample));
        energy += sample * sample;
      }
    }
  }
  const faults = desk.faults.count + desk.operationsLost + desk.lateEvents + (Number.isFinite(energy) && energy > 0 ? 0 : 1);
  return { peak, faults, grown: desk.memory.buffer.byteLength - before };
}

/** What clicks while people put a console together differently; the moves that did are printed. */
function rebuiltConsole(module: WebAssembly.Module, seed: number, frames: number) {
  const console_ = new RebuiltConsole(module, seed);
  let [click, broken] = [-200, 0];
  const names: string[] = [];
  const middle = frames / 2;
  let [first, second] = [0, 0];
  for (let done = 0; done < frames; done += APART) {
    names.push(console_.move());
    const heard = console_.listen(APART);
    if (!heard.numbers || heard.peak >= 1) broken++;
    if (heard.click > -20)
      console.log(`FUZZ_SEED=${seed}, move ${names.length - 1}: ${heard.click.toFixed(1)} dB, ${names.slice(-3).join(', then ')}`);
    click = Math.max(click, heard.click);
    if (done < middle) first = Math.max(first, console_.memory.used);
    else second = Math.max(second, console_.memory.used);
  }
  return { click, broken, growth: second / first };
}

async function main(): Promise<void> {
  console.log(`FUZZ_SEED=${SEED} FUZZ_SECONDS=${SECONDS}`);
  const module = await loadDeskModule();
  const seeds = Array.from({ length: CONSOLES }, (_, nth) => SEED + nth);
  const frames = Math.ceil((SECONDS * 48_000) / CONSOLES);
  const any = seeds.map((seed) => anyConsole(module, seed, frames));
  const rebuilt = seeds.map((seed) => rebuiltConsole(module, seed, frames));
  const most = (values: readonly number[]) => Math.max(...values);
  const figure = (name: string, value: number, unit: string, goal: number): Figure => ({
    name: `fuzz, ${name}`,
    value,
    unit,
    goal,
    holds: value <= goal,
  });
  const figures = [
    figure('highest sample', most(any.map(({ peak }) => peak)), 'of full scale', 1),
    figure(
      'faults: no numbers, lost operations, gaps',
      most(any.map(({ faults }) => faults)) + most(rebuilt.map(({ broken }) => broken)),
      'times',
      0,
    ),
    figure('memory grown', most(any.map(({ grown }) => grown)), 'bytes', 0),
    figure('most memory in use, second half against the first', most(rebuilt.map(({ growth }) => growth)), '×', 1.5),
    figure('loudest click of a console put together differently', most(rebuilt.map(({ click }) => click)), 'dB above 12 kHz', -20),
  ];
  for (const { name, value, unit } of figures) console.log(`${name}: ${value.toFixed(2)} ${unit}`);
  const file = process.env['FIGURES'];
  if (file) writeFileSync(file, JSON.stringify(figures));
}

await main();
