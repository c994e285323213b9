import { EQ_BANDS, INSERT_ROWS, type InsertType, SEND_ROWS, STRIP_ROWS } from '../mix';
import { createDeskMemory, type Desk, instantiateDesk, type StripLevels } from './desk';
import type { Operation } from './operation';

/** What `loadDeskModule` gives to tests and benches, with stems kept in their slots as the page would do it. */
export class Rig {
  readonly desk: Desk;
  private readonly stems: { readonly channels: readonly Float32Array[]; readonly addresses: readonly number[] }[] = [];

  constructor(
    module: WebAssembly.Module,
    /** Segments of stems that do not come, to be late. */
    private readonly withheld: (source: number, segment: number) => boolean = () => false,
    private readonly slots = 3,
  ) {
    this.desk = instantiateDesk(module, createDeskMemory(512 * 1024 * 1024));
  }

  /** Makes a stem; returns its source. */
  addStem(channels: readonly Float32Array[]): number {
    const { desk } = this;
    const frames = channels[0]?.length ?? 0;
    const addresses = Array.from({ length: this.slots }, () => desk.heap.allocate(4 * desk.layout.segmentFrames * channels.length));
    const source = this.stems.push({ channels, addresses }) - 1;
    desk.setSource(source, frames, channels.length === 2 ? 2 : 1);
    return source;
  }

  /** Puts the segments from the frame `from` on into the slots of every stem, and those of `also`. */
  fill(from: number, also?: number): void {
    const size = this.desk.layout.segmentFrames;
    const first = Math.max(0, Math.floor(from / size));
    const other = also === undefined ? first + 2 : Math.floor(also / size);
    const wanted = [first, first + 1, other === first || other === first + 1 ? first + 2 : other];
    this.stems.forEach((stem, source) => {
      const held = stem.addresses.map((_, slot) => this.desk.slotSegment(source, slot));
      const missing = wanted.filter((segment) => !held.includes(segment) && !this.withheld(source, segment));
      held.forEach((segment, slot) => {
        if (wanted.includes(segment) || missing.length === 0) return;
        this.load(source, slot, missing.shift() ?? 0);
      });
    });
  }

  private load(source: number, slot: number, segment: number): void {
    const stem = this.stems[source];
    const address = stem?.addresses[slot];
    if (!stem || address === undefined) return;
    const size = this.desk.layout.segmentFrames;
    stem.channels.forEach((channel, side) => {
      const target = this.desk.samples(address + 4 * size * side, size);
      const part = channel.subarray(segment * size, (segment + 1) * size);
      target.fill(0);
      target.set(part);
    });
    this.desk.setSlot(source, slot, segment, address);
  }

  /** Renders `frames` of the mix in blocks of `block`, keeping the slots filled; both sides. */
  render(frames: number, block = 128, each?: (done: number) => void): [Float32Array, Float32Array] {
    const left = new Float32Array(frames);
    const right = new Float32Array(frames);
    for (let done = 0; done < frames; done += block) {
      const count = Math.min(block, frames - done);
      each?.(done);
      // What was just written counts from the first block on; until then the place is the old one.
      if (done > 0) this.fill(this.desk.position, this.loopFrom);
      this.desk.process(count);
      left.set(this.desk.mix(0, count), done);
      right.set(this.desk.mix(1, count), done);
    }
    return [left, right];
  }

  /** The loop's beginning, whose segment is kept too. */
  loopFrom: number | undefined;

  /** Plays from `position` for `frames` frames of the song: what sounds, without the latency before it. */
  play(position: number, frames: number, block = 128): [Float32Array, Float32Array] {
    this.fill(position, this.loopFrom);
    this.desk.write([{ do: 'start', position }]);
    const { latency } = this.desk.layout;
    const [left, right] = this.render(frames + latency, block);
    return [left.subarray(latency), right.subarray(latency)];
  }
}

const place = (rows: readonly { readonly id: string }[], id: string): number => {
  const index = rows.findIndex((row) => row.id === id);
  if (index < 0) throw new Error(`No such parameter: ${id}`);
  return index;
};

/** A strip's value by its row's id, at once unless `how` says otherwise. */
export const strip = (slot: number, id: string, value: number, how: { snap?: boolean; remote?: boolean } = { snap: true }): Operation => ({
  do: 'value',
  on: 'strip',
  slot,
  parameter: place(STRIP_ROWS, id),
  value,
  ...how,
});

export const send = (slot: number, id: string, value: number): Operation => ({
  do: 'value',
  on: 'send',
  slot,
  parameter: place(SEND_ROWS, id),
  value,
  snap: true,
});

export const insert = (type: InsertType, slot: number, id: string, value: number, snap = true): Operation => ({
  do: 'value',
  on: 'insert',
  slot,
  parameter: place(INSERT_ROWS[type], id),
  value,
  snap,
});

const CURVES = ['hold', 'linear', 'smooth'];

/** A lane for a strip's control by its row's id: points of frame, value and curve. */
export function lane(
  rig: Rig,
  number: number,
  slot: number,
  id: string,
  points: readonly (readonly [number, number, string])[],
): Operation {
  const address = rig.desk.heap.allocate(16 * points.length);
  const view = new DataView(rig.desk.memory.buffer);
  points.forEach(([at, value, curve], index) => {
    view.setInt32(address + 16 * index, at, true);
    view.setInt32(address + 16 * index + 4, CURVES.indexOf(curve), true);
    view.setFloat64(address + 16 * index + 8, value, true);
  });
  return { do: 'lane', lane: number, on: 'strip', slot, parameter: place(STRIP_ROWS, id), address, count: points.length };
}

export const MASTER_SLOT = 0;

/** A desk with the master in slot 0, its limiter off, and one strip from slot 1 on for each source. */
export function simpleConsole(sources: readonly number[]): Operation[] {
  const strips = sources.flatMap((source, index): Operation[] => [
    { do: 'addStrip', slot: index + 1, kind: 'stem' },
    { do: 'source', strip: index + 1, source },
    { do: 'output', strip: index + 1, to: MASTER_SLOT },
  ]);
  return [
    { do: 'addStrip', slot: MASTER_SLOT, kind: 'master' },
    strip(MASTER_SLOT, 'limiter.on', 0),
    ...strips,
    { do: 'order', strips: [...sources.map((_, index) => index + 1), MASTER_SLOT] },
  ];
}

/** Every band of a strip's equaliser. */
export const BANDS = Array.from({ length: EQ_BANDS }, (_, index) => index + 1);

/** A sine at `hertz` with peak `gain`. */
export function sine(hertz: number, frames: number, gain = 1): Float32Array {
  return Float32Array.from({ length: frames }, (_, n) => gain * Math.sin((2 * Math.PI * hertz * n) / 48_000));
}

/** White noise, uniform within ±`gain`, from a seed (mulberry32). */
export function noise(frames: number, gain = 1, seed = 1): Float32Array {
  let state = seed;
  return Float32Array.from({ length: frames }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return gain * (((mixed ^ (mixed >>> 14)) >>> 0) / 2_147_483_648 - 1);
  });
}

/** Greatest difference of two signals. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let n = 0; n < a.length; n++) most = Math.max(most, Math.abs((a[n] ?? 0) - (b[n] ?? 0)));
  return most;
}

/** Root of the mean square. */
export function rms(signal: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < signal.length; n++) sum += (signal[n] ?? 0) ** 2;
  return Math.sqrt(sum / signal.length);
}

export const decibels = (gain: number): number => 20 * Math.log10(gain);

/** Levels of a strip, to be filled. */
export function newLevels(): StripLevels {
  const sides = { peakLeft: 0, peakRight: 0, rmsLeft: 0, rmsRight: 0, gateReduction: 0, compReduction: 0 };
  const none = Number.NEGATIVE_INFINITY;
  return {
    ...sides,
    gateDetector: none,
    compDetector: none,
    clipped: false,
    highest: 0,
    clips: 0,
    correlation: 0,
    momentary: 0,
    shortTerm: 0,
  };
}
