import { INSERT_TYPES, type InsertType } from '../mix';
import type { DeskExports } from './exports';

type DeskStripKind = 'stem' | 'group' | 'aux' | 'master' | 'vca';
/** Whose value: slots count within each kind of owner. */
export type ValueOwner = 'strip' | 'send' | 'insert';

/** What goes to this machine's speakers; no part of the mix. What is left out is off. */
export interface MonitorSettings {
  /** dB, at most 0; −120 is silence. */
  readonly level: number;
  /** 20 dB less. */
  readonly dim?: boolean;
  /** Both ears get the middle. */
  readonly mono?: boolean;
  /** Both ears get the side: half of left less right. */
  readonly side?: boolean;
  readonly swap?: boolean;
  /** The left side turned round, after the swap. */
  readonly invert?: boolean;
  /** Below 250 Hz, from there to 4 kHz, above. */
  readonly band?: MonitorBand;
  /** For headphones. */
  readonly crossfeed?: Crossfeed;
}

interface ReferenceSettings {
  readonly source: number;
  readonly on: boolean;
  readonly offset: number;
  readonly loop: { readonly from: number; readonly until: number } | null;
  readonly level: number;
}

export type MonitorBand = 'all' | 'lows' | 'mids' | 'highs';
export type Crossfeed = 'off' | 'light' | 'medium' | 'strong';

interface Timed {
  /** Output frame (see `Desk.outputFrame`) at which it counts; at once where absent or past. */
  readonly at?: number;
}

/** Everything in slots, chosen by the page: 0 … `layout.maxStrips` − 1 and so on. */
export type Operation = Timed &
  (
    | { readonly do: 'addStrip'; readonly slot: number; readonly kind: DeskStripKind }
    /** Fades out in 5 ms and goes; its sends go with it. */
    | { readonly do: 'removeStrip'; readonly slot: number }
    /** Which source a stem strip plays; −1 for none. */
    | { readonly do: 'source'; readonly strip: number; readonly source: number }
    /** Which group or master a strip goes to; −1 for nowhere. */
    | { readonly do: 'output'; readonly strip: number; readonly to: number }
    /** Heard by this listener alone or not (solo); no part of the mix. */
    | { readonly do: 'audible'; readonly strip: number; readonly on: boolean }
    /** Which VCAs a strip follows: their faders and mutes act on it. Cross-fades to the new ones. */
    | { readonly do: 'vcas'; readonly strip: number; readonly vcas: readonly number[] }
    /** `address`: `layout.delayLineBytes` bytes of the heap for the strip's delay, which without them does nothing. */
    | { readonly do: 'delayLine'; readonly strip: number; readonly address: number }
    /** What a strip's compressor listens to: another strip, which comes before it in the order, or −1 for itself. */
    | { readonly do: 'key'; readonly strip: number; readonly key: number }
    /**
     * Frames, at most `layout.longestWait`, by which a strip's sound comes later to its output, so that all that meets there has
     * come equally far. `address`: `layout.waitBytes` bytes of the heap that stay the slot's own.
     */
    | { readonly do: 'outputWait'; readonly strip: number; readonly frames: number; readonly address: number }
    /** The same of what goes into a strip, and of what its compressor listens to: what it turns down and what it listens to meet. */
    | { readonly do: 'inputWait'; readonly strip: number; readonly frames: number; readonly address: number }
    | { readonly do: 'keyWait'; readonly strip: number; readonly frames: number; readonly address: number }
    /** The same for a send. */
    | { readonly do: 'sendWait'; readonly slot: number; readonly frames: number; readonly address: number }
    /** Frames from a stem to the end of the master strip: what the longest path is late by. */
    | { readonly do: 'latency'; readonly frames: number }
    /** All strips in the order of processing: VCAs first, whoever flows into another comes before it, the master last. */
    | { readonly do: 'order'; readonly strips: readonly number[] }
    | { readonly do: 'addSend'; readonly slot: number; readonly from: number; readonly to: number }
    | { readonly do: 'removeSend'; readonly slot: number }
    /** `address`: `Desk.insertBytes(type)` bytes of the heap, given back only once `Desk.insertUsed(slot)` is false. */
    | { readonly do: 'addInsert'; readonly slot: number; readonly type: InsertType; readonly address: number }
    /** Leaves when the strip's chain no longer has it. */
    | { readonly do: 'removeInsert'; readonly slot: number }
    /** A strip's inserts in the order of the signal. */
    | { readonly do: 'chain'; readonly strip: number; readonly inserts: readonly number[] }
    /**
     * A control. `parameter` is the row's place in its table (`STRIP_ROWS`, `SEND_ROWS`, `INSERT_ROWS[type]`), the value in
     * the row's unit. `snap`: without smoothing. `remote`: somebody else's hand, whose rises are held to 6 dB per 100 ms.
     */
    | {
        readonly do: 'value';
        readonly on: ValueOwner;
        readonly slot: number;
        readonly parameter: number;
        readonly value: number;
        readonly snap?: boolean;
        readonly remote?: boolean;
      }
    /** Quarter notes per minute. */
    | { readonly do: 'tempo'; readonly tempo: number }
    /**
     * Plays from the song's frame `position` at output frame `at`: exactly there, reset to the beginning, any tail faded
     * before. Where `at` has passed, further on by as much; without `at`, from `position` as soon as tails have faded.
     * While playing it is a `seek`. The mix sounds `latency` frames later.
     */
    | { readonly do: 'start'; readonly position: number }
    /** Stems fade out in 10 ms, tails ring on. */
    | { readonly do: 'stop' }
    /** Cross-fades over 10 ms while playing. */
    | { readonly do: 'seek'; readonly position: number }
    /** A seek by `frames` from wherever it is: for what is far out of time. */
    | { readonly do: 'jump'; readonly frames: number }
    /**
     * Brings the song at the speakers so many frames further (less than a second, backwards below 0) without anybody hearing it: the
     * output, and nothing of the mix, goes up to 300 millionths faster or slower. Replaces one under way; 0 ends it where it is.
     */
    | { readonly do: 'slew'; readonly frames: number }
    /** Frames of the song, `until` the first one not played; null for no loop. */
    | { readonly do: 'loop'; readonly range: { readonly from: number; readonly until: number } | null }
    | ({ readonly do: 'monitor' } & MonitorSettings)
    /** Turns down what goes to the device by `level` dB (0 or less), smoothly: for as long as somebody speaks. No part of the mix. */
    | { readonly do: 'dip'; readonly level: number }
    /**
     * A source that plays beside the mix, −1 for none; heard in place of it where `on`, once its data is there. Its frame at the song's
     * frame n is n + `offset`, folded into `loop` (its own frames). `level`: dB against the mix. No part of the mix.
     */
    | ({ readonly do: 'reference' } & ReferenceSettings)
    /** Hears this strip instead of the mix, before its fader, mute and pan or after them; no part of the mix. */
    | { readonly do: 'listen'; readonly strip: number; readonly where: 'off' | 'before' | 'after' }
    /** Hears, in place of the mix and at the ears alone, what a processor listens to; `slot` is its strip's or its insert's. */
    | { readonly do: 'listenKey'; readonly of: 'none' | 'gate' | 'comp' | 'insert'; readonly slot: number }
    /** The strip whose samples before or after its processing one of `layout.taps` keeps; −1 for none. */
    | { readonly do: 'tap'; readonly tap: number; readonly strip: number; readonly where: 'before' | 'after' }
    /** Whether the loudness of single strips is measured. */
    | { readonly do: 'weigh'; readonly on: boolean }
    /**
     * Lets a control follow points from `address` on: `count` of 16 bytes each, in order: frame of the song (i32), curve (i32: 0
     * hold, 1 linear, 2 smooth), value in the row's unit (f64). Without points the lane goes. The memory of its points before can
     * be given back once this is applied. `remote`: somebody else drew it; its rises are held to 6 dB per 100 ms at first.
     */
    | {
        readonly do: 'lane';
        readonly lane: number;
        readonly on: ValueOwner;
        readonly slot: number;
        readonly parameter: number;
        readonly address: number;
        readonly count: number;
        readonly remote?: boolean;
      }
    /** The song comes to where a lane's control acts on it so many frames later; a lane given anew begins with 0. */
    | { readonly do: 'laneLate'; readonly lane: number; readonly frames: number }
    /** Leaves a lane's control to a hand (`value`), or to the lane again. */
    | { readonly do: 'holdLane'; readonly lane: number; readonly on: boolean }
    | { readonly do: 'resetLoudness' }
    | { readonly do: 'clearClips' }
    /**
     * Writes the mix of the song's frames from `from` on, when they sound, to `address`: `frames` f32 of the left, then of
     * the right. `Desk.captured` tells how far it is.
     */
    | { readonly do: 'capture'; readonly from: number; readonly frames: number; readonly address: number }
  );

const MONITOR_BANDS: readonly MonitorBand[] = ['all', 'lows', 'mids', 'highs'];
const CROSSFEEDS: readonly Crossfeed[] = ['off', 'light', 'medium', 'strong'];
const KEYS = ['none', 'gate', 'comp', 'insert'] as const;
const PLACES = ['off', 'before', 'after'] as const;
const KINDS: readonly DeskStripKind[] = ['stem', 'group', 'aux', 'master', 'vca'];
const OWNER_CODES = { strip: 'SetStrip', send: 'SetSend', insert: 'SetInsert' } as const;
const OWNERS: readonly ValueOwner[] = ['strip', 'send', 'insert'];
const REMOTE = 1;
const SNAP = 2;

/** The number the module knows a type of insert by. */
export const insertTypeNumber = (type: InsertType): number => INSERT_TYPES.indexOf(type);

/** What goes into the ring for one operation. */
interface Entry {
  readonly code: string;
  readonly index?: number;
  readonly a?: number;
  readonly b?: number;
  readonly flags?: number;
  readonly value?: number;
}

function monitorEntry({ level, dim, mono, swap, side, invert, band = 'all', crossfeed = 'off' }: MonitorSettings): Entry {
  const switches = [dim, mono, swap, side, invert].reduce((bits, on, index) => bits | (on ? 1 << index : 0), 0);
  return { code: 'Monitor', value: level, a: switches, b: MONITOR_BANDS.indexOf(band), flags: CROSSFEEDS.indexOf(crossfeed) };
}

/** What each operation is in the ring. */
const ENTRIES: { readonly [Do in Operation['do']]: (operation: Extract<Operation, { readonly do: Do }>) => readonly Entry[] } = {
  addStrip: (operation) => [{ code: 'AddStrip', index: operation.slot, a: KINDS.indexOf(operation.kind) }],
  removeStrip: (operation) => [{ code: 'RemoveStrip', index: operation.slot }],
  source: (operation) => [{ code: 'SetSource', index: operation.strip, a: operation.source }],
  output: (operation) => [{ code: 'SetOutput', index: operation.strip, a: operation.to }],
  audible: (operation) => [{ code: 'SetAudible', index: operation.strip, a: Number(operation.on) }],
  vcas: (operation) => {
    const index = operation.strip;
    return [{ code: 'VcaBegin', index }, ...operation.vcas.map((a) => ({ code: 'VcaAdd', index, a }))];
  },
  delayLine: (operation) => [{ code: 'SetDelayLine', index: operation.strip, a: operation.address }],
  order: (operation) => [{ code: 'OrderBegin' }, ...operation.strips.map((index) => ({ code: 'OrderAdd', index })), { code: 'OrderEnd' }],
  addSend: (operation) => [{ code: 'AddSend', index: operation.slot, a: operation.from, b: operation.to }],
  removeSend: (operation) => [{ code: 'RemoveSend', index: operation.slot }],
  addInsert: (operation) => [{ code: 'AddInsert', index: operation.slot, a: insertTypeNumber(operation.type), b: operation.address }],
  removeInsert: (operation) => [{ code: 'RemoveInsert', index: operation.slot }],
  chain: (operation) => {
    const index = operation.strip;
    return [{ code: 'ChainBegin', index }, ...operation.inserts.map((a) => ({ code: 'ChainAdd', index, a }))];
  },
  value: (operation) => {
    const flags = (operation.remote ? REMOTE : 0) | (operation.snap ? SNAP : 0);
    return [{ code: OWNER_CODES[operation.on], index: operation.slot, a: operation.parameter, value: operation.value, flags }];
  },
  key: (operation) => [{ code: 'SetKey', index: operation.strip, a: operation.key }],
  outputWait: (operation) => [{ code: 'SetOutputWait', index: operation.strip, a: operation.frames, b: operation.address }],
  inputWait: (operation) => [{ code: 'SetInputWait', index: operation.strip, a: operation.frames, b: operation.address }],
  keyWait: (operation) => [{ code: 'SetKeyWait', index: operation.strip, a: operation.frames, b: operation.address }],
  sendWait: (operation) => [{ code: 'SetSendWait', index: operation.slot, a: operation.frames, b: operation.address }],
  latency: (operation) => [{ code: 'SetLatency', a: operation.frames }],
  tempo: (operation) => [{ code: 'Tempo', value: operation.tempo }],
  start: (operation) => [{ code: 'Start', a: operation.position }],
  stop: () => [{ code: 'Stop' }],
  seek: (operation) => [{ code: 'Seek', a: operation.position }],
  jump: (operation) => [{ code: 'Jump', a: operation.frames }],
  loop: (operation) => [{ code: 'Loop', a: operation.range?.from ?? 0, b: operation.range?.until ?? 0 }],
  monitor: (operation) => [monitorEntry(operation)],
  slew: (operation) => [{ code: 'Slew', value: operation.frames }],
  dip: (operation) => [{ code: 'Dip', value: operation.level }],
  reference: ({ source, on, offset, loop, level }) => [
    { code: 'Reference', index: source, a: offset, b: Number(on), value: level },
    { code: 'ReferenceLoop', a: loop?.from ?? 0, b: loop?.until ?? 0 },
  ],
  listen: (operation) => [{ code: 'Listen', index: operation.strip, a: PLACES.indexOf(operation.where) }],
  listenKey: (operation) => [{ code: 'ListenKey', index: operation.slot, a: KEYS.indexOf(operation.of) }],
  tap: (operation) => [{ code: 'Tap', index: operation.tap, a: operation.strip, b: operation.where === 'after' ? 1 : 0 }],
  weigh: (operation) => [{ code: 'Weigh', a: Number(operation.on) }],
  lane: (operation) => {
    const { lane: index, slot: value, address: a, count: b } = operation;
    return [
      {
        code: 'SetLane',
        index,
        a,
        b,
        value,
        flags: OWNERS.indexOf(operation.on) | (operation.remote ? 4 : 0) | (operation.parameter << 3),
      },
    ];
  },
  laneLate: (operation) => [{ code: 'SetLaneLate', index: operation.lane, a: operation.frames }],
  holdLane: (operation) => [{ code: 'HoldLane', index: operation.lane, a: Number(operation.on) }],
  resetLoudness: () => [{ code: 'ResetLoudness' }],
  clearClips: () => [{ code: 'ClearClips' }],
  capture: (operation) => [{ code: 'Capture', index: operation.address, a: operation.from, b: operation.frames }],
};

function entriesOf<Do extends Operation['do']>(operation: Extract<Operation, { readonly do: Do }>): readonly Entry[] {
  return ENTRIES[operation.do as Do](operation);
}

/** The ring of operations is full, for nobody takes them out. */
export class DeskFull extends Error {
  override readonly name = 'DeskFull';
}

/** Puts one operation into the ring, unseen until it is published. Throws `DeskFull` where the ring is full. */
export function stageOperation(desk: DeskExports, operation: Operation): void {
  for (const { code, index = 0, a = 0, b = 0, flags = 0, value = 0 } of entriesOf(operation)) {
    const number: unknown = (desk[`Code.${code}`] as WebAssembly.Global).value;
    if (!desk.stage(Number(number), index, a, b, flags, value, operation.at ?? -1)) {
      throw new DeskFull('The desk does not take its operations: it is not running.');
    }
  }
}
