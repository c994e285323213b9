import type { SoundFormat } from '../interchange';
import type { StemManifest } from '../media';
import type { Mix, StripId, Target } from '../mix';
import type { ReadableStore } from '../std';

export type EngineState =
  /** Nothing sounds yet: browsers want a gesture first. */
  | { readonly state: 'idle' }
  | { readonly state: 'starting' }
  | { readonly state: 'running' }
  | { readonly state: 'failed'; readonly why: string };

/** Levels of one strip after its fader, as gains; gain reductions in dB (0 or less). Reused: read, do not keep. */
export interface StripMeter {
  peakLeft: number;
  peakRight: number;
  rmsLeft: number;
  rmsRight: number;
  gateReduction: number;
  compReduction: number;
  /** What gate and compressor heard last, dB, falling like a peak; −Infinity while they are out. */
  gateDetector: number;
  compDetector: number;
  /** Set since the last `clearClips`. */
  clipped: boolean;
}

/** The master's loudness, ITU-R BS.1770-5 and EBU Tech 3341; −∞ as −Infinity. Reused: read, do not keep. */
export interface MasterMeter extends StripMeter {
  momentary: number;
  shortTerm: number;
  /** Of what was played since the last `resetLoudness`: it pauses with the song. */
  integrated: number;
  range: number;
  /** Highest since the last `resetLoudness`, dBTP. */
  truePeak: number;
  limiterReduction: number;
}

export interface Meters {
  /** Fills `into` from shared memory; false when the strip has no meter yet. Call once a frame. */
  readStrip(strip: StripId, into: StripMeter): boolean;
  readMaster(into: MasterMeter): boolean;
  clearClips(): void;
  resetLoudness(): void;
  /**
   * Magnitudes in dB of the selected strip after its processing (or before, or the master), log-spaced by the caller;
   * `into.length` a power of two. False when there is none.
   */
  spectrum(which: { strip: StripId; tap: 'before' | 'after' }, into: Float32Array): boolean;
}

/** One strip's part of the mix alone, as others want it for a remix or for mastering. */
export interface MixPart {
  readonly strip: StripId;
  /** With the effects it sends to; without, only what it is itself. */
  readonly effects: boolean;
  /** Through the master's processing; without, the parts add up to what goes into the master. */
  readonly master: boolean;
}

/** What level a file is brought to, by one gain over the whole of it. */
export type Normalisation =
  /** Integrated loudness, LUFS; quieter where true peaks would pass `ceiling` (dBTP). */
  | { readonly to: 'loudness'; readonly target: number; readonly ceiling: number }
  /** True peak, dBTP. */
  | { readonly to: 'peak'; readonly target: number };

export interface MixdownOptions {
  readonly format: SoundFormat;
  /** Seconds of the song; the whole of it where absent. */
  readonly from?: number;
  readonly until?: number;
  /** Seconds after the end for reverbs to ring out. */
  readonly tail: number;
  /** The whole mix where absent. */
  readonly part?: MixPart;
  /** As it is where absent. */
  readonly normalise?: Normalisation;
}
export interface MixdownReport {
  readonly file: Blob;
  /** Of the file: after `gain`. LUFS and dBTP. */
  readonly integrated: number;
  readonly truePeak: number;
  /** What normalising did, dB. */
  readonly gain: number;
  readonly seconds: number;
}

/** What is mine alone: never part of the mix, never in a mixdown. */
export interface Monitor {
  readonly soloed: ReadableStore<ReadonlySet<StripId>>;
  toggleSolo(strip: StripId, exclusive: boolean): void;
  clearSolo(): void;
  /** dB, −60…0. */
  readonly level: ReadableStore<number>;
  setLevel(decibels: number): void;
  readonly mono: ReadableStore<boolean>;
  setMono(on: boolean): void;
  readonly dim: ReadableStore<boolean>;
  setDim(on: boolean): void;
}

/** Playing of this machine, in frames of the song at 48 kHz and `performance.now()` milliseconds. */
export interface Player {
  readonly playing: ReadableStore<boolean>;
  /** True while data is late: the sound waits rather than plays a wrong mix. */
  readonly waiting: ReadableStore<boolean>;
  /** At rest: everything at the playhead is there, so that play is immediate. Playing: it does not wait. */
  readonly ready: ReadableStore<boolean>;
  /** So that `position` (seconds) leaves the speakers at `at` (performance.now ms; undefined: as soon as possible). */
  play(position: number, at?: number): void;
  stop(position?: number): void;
  /** While stopped: rings are filled there, so that play is immediate. */
  seek(position: number): void;
  setLoop(loop: { from: number; until: number } | null): void;
  /** The song's position as heard now, seconds. */
  position(): number;
  /**
   * Slews the sound so that `position` would be heard at `at`: small errors inaudibly, large ones by a 10 ms cross-fade.
   * Returns the error found, in milliseconds (positive: we were late).
   */
  follow(position: number, at: number): number;
  /** How often `follow` has moved the sound: each time it plays other samples than a machine that was in time. */
  readonly corrections: ReadableStore<number>;
}

/** The browser's sound: hosts the desk, follows the mix it is given, streams the stems. Knows no document and no server. */
export interface Engine {
  readonly state: ReadableStore<EngineState>;
  /** Starts the sound; must come from a user's gesture the first time. Resolves when the desk runs. */
  start(): Promise<void>;
  /**
   * The kept mix; planned against the last one into operations on the desk. `remote`: somebody else changed it, so that what
   * rises does so no faster than 6 dB per 100 ms. Hands that still move say so again after it (`setValue`).
   */
  setMix(mix: Mix, remote: boolean): void;
  /** One value of a moving hand, beside the kept mix, until the next one. `remote` as above. */
  setValue(target: Target, value: number, remote: boolean): void;
  /** No hand is on a control any more: where it has a lane, that moves it again. */
  letGo(target: Target): void;
  /** The stems that can play, by stem id. */
  setStems(manifests: ReadonlyMap<string, StemManifest>): void;
  readonly meters: Meters;
  readonly monitor: Monitor;
  readonly player: Player;
  /** Length of the song in seconds: the longest stem. */
  readonly length: ReadableStore<number>;
  /** Renders with the same desk in a worker, faster than real time. Rejects with `AbortError` when cancelled. */
  mixdown(options: MixdownOptions, progress: (done: number) => void, cancel: AbortSignal): Promise<MixdownReport>;
  /** What was heard since, for tests and for *same ears*: the desk's output from the song's frame `from`, `frames` long. */
  capture(from: number, frames: number): Promise<readonly [Float32Array, Float32Array]>;
  readonly underruns: ReadableStore<number>;
  /** What of the mix cannot be heard for want of memory, as a sentence for the user; null where all of it can. */
  readonly shortage: ReadableStore<string | null>;
  close(): void;
}
