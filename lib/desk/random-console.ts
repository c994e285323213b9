import { INSERT_ROWS, INSERT_TYPES, type InsertType, type ParameterRow, SEND_ROWS, STRIP_ROWS } from '../mix';
import type { Operation } from './operation';
import { MASTER_SLOT, noise, type Rig, simpleConsole, strip } from './rig';

const STEMS = 8;
const GROUPS = 3;
const AUXES = 3;
const VCAS = 2;
const SECONDS = 12;

/** Numbers 0…1 from a seed, by whole-number steps and one division: the same in every browser (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A value of a row's range; for rows over decades mostly low ones, as people set them. No function of the browser's mathematics. */
function someValue(row: ParameterRow, random: () => number): number {
  const place = random();
  if (row.law === 'switch') return place < 0.5 ? 0 : 1;
  if (row.law === 'choice') return row.min + Math.floor(place * (row.max - row.min + 1));
  const bent = row.law === 'log' ? place * place * place : place;
  return Math.round((row.min + (row.max - row.min) * bent) * 1000) / 1000;
}

/** What would only make it silent, so that there is something to hear and to compare. */
const KEPT: Readonly<Record<string, number>> = { mute: 0, fader: -6, 'gate.on': 0, 'comp.listen': 0 };

interface Owner {
  readonly on: 'strip' | 'send' | 'insert';
  readonly slot: number;
  readonly rows: readonly ParameterRow[];
}

/** A console made by a seed, with every type of insert and every parameter somewhere in its range, and hands that move it. */
export class RandomConsole {
  private readonly random: () => number;
  private readonly owners: Owner[] = [];

  constructor(
    private readonly rig: Rig,
    seed: number,
  ) {
    this.random = randomNumbers(seed);
    const stems = Array.from({ length: STEMS }, (_, index) => index + 1);
    const groups = Array.from({ length: GROUPS }, (_, index) => STEMS + 1 + index);
    const auxes = Array.from({ length: AUXES }, (_, index) => STEMS + GROUPS + 1 + index);
    const vcas = Array.from({ length: VCAS }, (_, index) => STEMS + GROUPS + AUXES + 1 + index);
    const order = [...vcas, ...stems, ...groups, ...auxes, MASTER_SLOT];
    const added = (slots: readonly number[], kind: 'group' | 'aux' | 'vca') =>
      slots.map((slot): Operation => ({ do: 'addStrip', slot, kind }));
    rig.desk.write([
      ...simpleConsole(this.sources()),
      ...added(groups, 'group'),
      ...added(auxes, 'aux'),
      ...added(vcas, 'vca'),
      ...this.routes(stems, groups),
      ...[...auxes].map((slot): Operation => ({ do: 'output', strip: slot, to: MASTER_SLOT })),
      { do: 'order', strips: order },
      ...this.followers([...stems, ...groups, ...auxes], vcas),
      ...stems.map((strip): Operation => ({ do: 'delayLine', strip, address: rig.desk.heap.allocate(rig.desk.layout.delayLineBytes) })),
    ]);
    for (const slot of order) this.owners.push({ on: 'strip', slot, rows: STRIP_ROWS });
    rig.desk.write([...this.sends([...stems, ...groups], auxes), ...this.chains([...stems, ...groups, ...auxes])]);
    for (const owner of this.owners) rig.desk.write(owner.rows.map((row, parameter) => this.valueOf(owner, row, parameter, true)));
    rig.desk.write([strip(MASTER_SLOT, 'limiter.on', 1), strip(MASTER_SLOT, 'fader', -3)]);
  }

  /** So many hands' movements at once: some smooth, some somebody else's. */
  moves(count: number): Operation[] {
    return Array.from({ length: count }, () => {
      const owner = this.owners[Math.floor(this.random() * this.owners.length)];
      const parameter = Math.floor(this.random() * (owner?.rows.length ?? 0));
      const row = owner?.rows[parameter];
      if (!owner || !row) throw new Error('A console without controls.');
      return this.valueOf(owner, row, parameter, false);
    });
  }

  private valueOf({ on, slot }: Owner, row: ParameterRow, parameter: number, snap: boolean): Operation {
    const value = (on === 'strip' ? KEPT[row.id] : row.id === 'on' ? 1 : undefined) ?? someValue(row, this.random);
    return { do: 'value', on, slot, parameter, value, snap, remote: !snap && this.random() < 0.3 };
  }

  /** Noise on one side, on two, and one that comes and goes. */
  private sources(): number[] {
    const frames = SECONDS * 48_000;
    const pulsed = noise(frames, 0.8, 4).map((sample, n) => (n % 24_000 < 3000 ? sample : 0));
    const made = [[noise(frames, 0.4, 1)], [noise(frames, 0.3, 2), noise(frames, 0.3, 3)], [pulsed]].map((stem) => this.rig.addStem(stem));
    return Array.from({ length: STEMS }, (_, index) => made[index % made.length] ?? 0);
  }

  private routes(stems: readonly number[], groups: readonly number[]): Operation[] {
    const later = (from: number) => [...groups.slice(from), MASTER_SLOT];
    const choose = (slots: readonly number[]) => slots[Math.floor(this.random() * slots.length)] ?? MASTER_SLOT;
    return [
      ...stems.map((slot): Operation => ({ do: 'output', strip: slot, to: choose(later(0)) })),
      ...groups.map((slot, index): Operation => ({ do: 'output', strip: slot, to: choose(later(index + 1)) })),
    ];
  }

  /** Every other strip follows a VCA, some both. */
  private followers(strips: readonly number[], vcas: readonly number[]): Operation[] {
    return strips.map((strip): Operation => ({ do: 'vcas', strip, vcas: vcas.filter(() => this.random() < 0.4) }));
  }

  private sends(from: readonly number[], auxes: readonly number[]): Operation[] {
    return from.flatMap((slot, place) =>
      auxes.map((aux, index): Operation => {
        const send = place * AUXES + index;
        this.owners.push({ on: 'send', slot: send, rows: SEND_ROWS });
        return { do: 'addSend', slot: send, from: slot, to: aux };
      }),
    );
  }

  /** Every type once on each of two strips, as many on a strip as it takes. */
  private chains(strips: readonly number[]): Operation[] {
    const { rig } = this;
    const chains = new Map<number, number[]>(strips.map((slot) => [slot, []]));
    const types: InsertType[] = [...INSERT_TYPES, ...INSERT_TYPES];
    const added = types.map((type, slot): Operation => {
      const strip = strips[slot % strips.length] ?? 1;
      chains.get(strip)?.push(slot);
      this.owners.push({ on: 'insert', slot, rows: INSERT_ROWS[type] });
      return { do: 'addInsert', slot, type, address: rig.desk.heap.allocate(rig.desk.insertBytes(type)) };
    });
    return [
      ...added,
      ...[...chains].map(([strip, inserts]): Operation => ({ do: 'chain', strip, inserts: inserts.slice(0, rig.desk.layout.maxChain) })),
    ];
  }
}

/**
 * Six seconds of a random console while hands move it, with a jump and a loop: both sides as bytes, one after the other. Two
 * machines are equal where these are.
 */
export function renderRandom(
  module: WebAssembly.Module,
  rigOf: (module: WebAssembly.Module) => Rig,
  seed: number,
): Uint8Array<ArrayBuffer> {
  const rig = rigOf(module);
  const console = new RandomConsole(rig, seed);
  const frames = 6 * 48_000;
  rig.fill(0);
  rig.loopFrom = 48_000;
  rig.desk.write([
    { do: 'loop', range: { from: 48_000, until: 200_000 } },
    { do: 'start', position: 12_345 },
  ]);
  const sides = rig.render(frames, 128, (done) => {
    if (done % 1280 === 0) rig.desk.write(console.moves(4));
    if (done === 96_000) rig.desk.write([{ do: 'jump', frames: 777 }]);
  });
  const bytes = new Uint8Array(2 * 4 * frames);
  sides.forEach((side, index) => void bytes.set(new Uint8Array(side.buffer, side.byteOffset, side.byteLength), index * 4 * frames));
  return bytes;
}
