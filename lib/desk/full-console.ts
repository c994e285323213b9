import type { Operation } from './operation';
import { insert, MASTER_SLOT, noise, type Rig, send, simpleConsole, strip } from './rig';

/** A strip with everything on: both filters, six bands, gate, compressor, pan, two sends. */
function fullStrip(slot: number, auxes: readonly number[]): Operation[] {
  return [
    strip(slot, 'trim', 1),
    strip(slot, 'hpf.on', 1),
    strip(slot, 'lpf.on', 1),
    ...[1, 2, 3, 4, 5, 6].map((band) => strip(slot, `eq.${band}.gain`, band % 2 ? 3 : -3)),
    strip(slot, 'gate.on', 1),
    strip(slot, 'comp.on', 1),
    strip(slot, 'pan', slot % 2 ? -30 : 30),
    strip(slot, 'fader', -20),
    ...auxes.flatMap((aux, index): Operation[] => {
      const number = 2 * slot + index;
      return [{ do: 'addSend', slot: number, from: slot, to: aux }, send(number, 'level', -12)];
    }),
  ];
}

/** Seconds of sound the console's stem has. */
const STEM_SECONDS = 5;

/** `count` full stereo strips on one stem of noise, with two sends each, a reverb, a delay and the limiter. */
export function fullConsole(rig: Rig, count: number): void {
  const source = rig.addStem([noise(48_000 * STEM_SECONDS, 0.5, 1), noise(48_000 * STEM_SECONDS, 0.5, 2)]);
  const strips = Array.from({ length: count }, (_, index) => index + 1);
  const auxes = [count + 1, count + 2];
  const effects = auxes.flatMap((aux, index): Operation[] => {
    const type = index === 0 ? 'reverb' : 'delay';
    const address = rig.desk.heap.allocate(rig.desk.insertBytes(type));
    return [
      { do: 'addStrip', slot: aux, kind: 'aux' },
      { do: 'output', strip: aux, to: MASTER_SLOT },
      { do: 'addInsert', slot: index, type, address },
      insert(type, index, 'mix', 100),
      { do: 'chain', strip: aux, inserts: [index] },
    ];
  });
  rig.desk.write([
    ...simpleConsole(strips.map(() => source)),
    ...effects,
    ...strips.flatMap((slot) => fullStrip(slot, auxes)),
    strip(MASTER_SLOT, 'limiter.on', 1),
    { do: 'order', strips: [...strips, ...auxes, MASTER_SLOT] },
  ]);
}
