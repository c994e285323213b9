import type { Crossfeed, LoudnessHistory, MonitorBand } from '../desk';
import type { SoundFormat } from '../interchange';
import type { StemManifest } from '../media';
import type { InsertId, Mix, StripId, Target } from '../mix';
import type { ReadableStore } from '../std';
import type { MixCheck, MixChecker } from './check/mix-checker';
import type { ProgrammeMeasurer } from './check/programme-measurer';
import type { SoloMode } from './monitor/remembered';

export type { Crossfeed, LoudnessHistory, MixCheck, MixChecker, MonitorBand, ProgrammeMeasurer, SoloMode };

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
  /** Highest sample since then, as a gain, and how often it went over full scale. */
  highest: number;
  clips: number;
  /** Of left and right over 300 ms: 1 the same, 0 unlike or silent, −1 turned round. */
  correlation: number;
  /** LUFS; −Infinity for silence, and for strips while nobody weighs them. */
  momentary: number;
  shortTerm: number;
}

/** The master's loudness, ITU-R BS.1770-5 and EBU Tech 3341; −∞ as −Infinity. Reused: read, do not keep. */
export interface MasterMeter extends StripMeter {
  /** Of what was played since the last `resetLoudness`: it pauses with the song. */
  integrated: number;
  range: number;
  /** Highest since the last `resetLoudness`, dBTP. */
  truePeak: number;
  limiterReduction: number;
}

/** Where a strip is looked at. */
export interface TapPlace {
  readonly strip: StripId;
  readonly tap: 'before' | 'after';
}

export interface Meters {
  /** Fills `into` from shared memory; false when the strip has no meter yet. Call once a frame. */
  readStrip(strip: StripId, into: StripMeter): boolean;
  readMaster(into: MasterMeter): boolean;
  clearClips(): void;
  resetLoudness(): void;
  /**
   * Magnitudes in dB of a strip after its processing (or before), both sides' energy together: a sine at full scale on both
   * reads 0. `into.length` a power of two, at most 8192. False when there is none. Up to six strips can be looked at.
   */
  spectrum(which: TapPlace, into: Float32Array): boolean;
  /** The newest samples of both sides, oldest first. Returns how many the tap ever took; −1 when there is none. */
  samples(which: TapPlace, left: Float32Array, right: Float32Array): number;
  /** Measures the loudness of single strips while somebody wants it; the return ends that. */
  weigh(): () => void;
  /** Gain reduction of an insert in dB, 0 or less. */
  insertReduction(insert: InsertId): number;
  /** The level a compressor or gate as an insert listens to, dB; −Infinity for all others, and while it is off. */
  insertDetector(insert: InsertId): number;
  /** How many values of the loudness history there are: one for every 100 ms of song heard since `resetLoudness`. */
  historyLength(): number;
  /** Fills `into` with them from number `from` on; returns how many. */
  readHistory(from: number, into: LoudnessHistory): number;
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

/** What there is to be mixed down at one moment; it stays as it is while others work on. */
export interface MixdownSource {
  readonly mix: Mix;
  readonly stems: ReadonlyMap<string, StemManifest>;
  /** Seconds. */
  readonly length: number;
}

export interface MixdownOptions {
  /** The mix of now where absent. Files that belong together are made of one. */
  readonly source?: MixdownSource;
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

/** A processor that listens: a strip's own gate or compressor, or an effect (gate, compressor, de-esser). */
export type KeyHeard =
  | { readonly on: 'strip'; readonly id: StripId; readonly processor: 'gate' | 'comp' }
  | { readonly on: 'insert'; readonly id: InsertId };

/** What is mine alone: never part of the mix, never in a mixdown. */
export interface Monitor {
  readonly soloed: ReadableStore<ReadonlySet<StripId>>;
  toggleSolo(strip: StripId, exclusive: boolean): void;
  clearSolo(): void;
  /**
   * How soloed strips are heard: in place, with the others silent in this machine's mix; or beside the mix, after their faders
   * (AFL) or before fader, mute and pan (PFL). Remembered by the browser.
   */
  readonly soloMode: ReadableStore<SoloMode>;
  setSoloMode(mode: SoloMode): void;
  /** Whose key is heard in place of the mix; null for nobody's. */
  readonly key: ReadableStore<KeyHeard | null>;
  /** Hears what a processor listens to, on or off, until it is told otherwise or the processor is gone. */
  hearKey(key: KeyHeard | null): void;
  readonly listening: ReadableStore<Listening>;
  /** Turns what is heard down by so many dB (0 or less), smoothly, for as long as somebody speaks. */
  dip(level: number): void;
  /** Changes some of it. Level and crossfeed are remembered by the browser, the rest ends with the page. */
  listen(change: Partial<Listening>): void;
  /** A gain of so many dB (0 or less) beside the level, by which mixes that are compared come to the same loudness. */
  match(gain: number): void;
}

/** A finished song that can be heard in place of the mix. */
export interface ReferenceAtHand {
  readonly id: string;
  readonly manifest: StemManifest;
  /** Seconds by which it is further on than the song, and the stretch of its own (seconds) that repeats while the song goes on. */
  readonly offset: number;
  readonly loop: { readonly from: number; readonly until: number } | null;
  /** dB against the mix. */
  readonly level: number;
}

/** Finished songs beside the mix, for my ears alone: behind everything that makes the mix, before level and output. */
export interface References {
  /**
   * Which are kept at hand, up to eight (6 MB each where stereo), and which of them is heard in place of the mix, by id: from when its
   * data is there, cross-faded, in time with the song. `down`: dB, 0 or less, by which all that is heard is turned down meanwhile.
   */
  set(atHand: readonly ReferenceAtHand[], heard: string | null, down: number): void;
  /** Whether data of the one that is to be heard is late. */
  readonly late: ReadableStore<boolean>;
}

/** How this listener hears the mix. */
export interface Listening {
  /** dB, −60…0. */
  readonly level: number;
  /** 20 dB less. */
  readonly dim: boolean;
  /** Both ears get the middle; or the side, what differs between left and right. */
  readonly mono: boolean;
  readonly side: boolean;
  readonly swap: boolean;
  /** The left side turned round. */
  readonly invert: boolean;
  readonly band: MonitorBand;
  /** For headphones: each ear hears some of the other side. */
  readonly crossfeed: Crossfeed;
}

export interface OutputDevice {
  /** Empty for the system's choice. */
  readonly id: string;
  readonly name: string;
}

/** Where this browser's sound goes. */
export interface Outputs {
  /** False where the browser plays only where the system does. */
  readonly choosable: boolean;
  readonly list: ReadableStore<readonly OutputDevice[]>;
  /** False while the browser keeps the devices' names to itself. */
  readonly named: ReadableStore<boolean>;
  readonly chosen: ReadableStore<string>;
  /** Looks again which devices there are. */
  refresh(): Promise<void>;
  /** Asks for the microphone, for only then do browsers tell the names; it is let go of at once. Rejects where it is refused. */
  askForNames(): Promise<void>;
  /** Rejects with a sentence for the user, and stays where it was, when the device cannot be used. */
  choose(id: string): Promise<void>;
  /** Milliseconds by which this device sounds later than it says (Bluetooth); remembered for each device. */
  readonly nudge: ReadableStore<number>;
  setNudge(ms: number): void;
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
  /** How often `follow` has jumped: each time this machine plays other samples than one that was in time. */
  readonly corrections: ReadableStore<number>;
}

/** Why a stem of the mix cannot be heard: not given to the engine yet, on its way, not to be had, broken, no memory. */
export type StemLack = 'absent' | 'loading' | 'failing' | 'damaged' | 'no room';

/** What this machine really plays. */
export interface Hearing {
  /** The mix's stems, and which of them cannot be heard where the song is. */
  readonly stems: number;
  readonly lacks: ReadonlyMap<string, StemLack>;
  /** Effects left out for want of memory. */
  readonly effects: number;
  /** Sample rate of the system's output device, Hz: what is above or below 48,000 the browser converts. Null before it is known. */
  readonly rate: number | null;
  /** From the desk to the ears, as the browser tells it, ms. */
  readonly latency: number;
}

/** The browser's sound: hosts the desk, follows the mix it is given, streams the stems. Knows no document and no server. */
export interface Engine {
  readonly state: ReadableStore<EngineState>;
  /** Starts the sound; must come from a user's gesture the first time. Resolves when the desk runs. */
  start(): Promise<void>;
  /**
   * The kept mix; planned against the last one into operations on the desk. `remote`: somebody else changed it, so that what
   * rises does so no faster than 6 dB per 100 ms. Hands that still move say so again after it (`setValue`). `switched`: another mix,
   * not that one changed: the two are cross-faded, up to 0.2 s later, without a gap.
   */
  setMix(mix: Mix, remote: boolean, switched?: boolean): void;
  /** One value of a moving hand, beside the kept mix, until the next one. `remote` as above. */
  setValue(target: Target, value: number, remote: boolean): void;
  /** No hand is on a control any more: where it has a lane, that moves it again. */
  letGo(target: Target): void;
  /** The stems that can play, by stem id. */
  setStems(manifests: ReadonlyMap<string, StemManifest>): void;
  readonly meters: Meters;
  readonly monitor: Monitor;
  readonly outputs: Outputs;
  readonly references: References;
  readonly player: Player;
  /** Length of the song in seconds: the longest stem. */
  readonly length: ReadableStore<number>;
  /** What a mixdown would be of now; throws where there is no mix yet. */
  source(): MixdownSource;
  /** Renders with the same desk in a worker, faster than real time. Rejects with `AbortError` when cancelled. */
  mixdown(options: MixdownOptions, progress: (done: number) => void, cancel: AbortSignal): Promise<MixdownReport>;
  /**
   * Integrated loudness (LUFS, BS.1770-5) of a mix from `from` until `until`, seconds, rendered in a worker with the same desk, and so
   * the same on every machine; −∞ for silence. `progress` is told the share that is done. Rejects as `mixdown` does.
   */
  loudness(
    mix: Mix,
    stretch: { readonly from: number; readonly until: number },
    progress: (done: number) => void,
    cancel: AbortSignal,
  ): Promise<number>;
  /** What was heard since, for tests and for *same ears*: the desk's output from the song's frame `from`, `frames` long. */
  capture(from: number, frames: number): Promise<readonly [Float32Array, Float32Array]>;
  /** What is really played now. Costs little: once a second is fine. */
  hearing(): Hearing;
  /**
   * A hash of two seconds of a mix, rendered in a worker with the same desk: equal on all machines that play the same. `seed`
   * (any whole number) chooses among the places where most stems sound; with the same mix, stems and seed it is the same place.
   * Rejects when cancelled, and when a stem cannot be read.
   */
  print(mix: Mix, seed: number, cancel: AbortSignal): Promise<string>;
  /** A check of mixes of these stems, measured in workers of its own; whoever asked for it closes it. */
  checker(): Promise<MixChecker>;
  /** Measures references and mixes of these stems as whole songs, in a worker of its own; whoever asked for it closes it. */
  measurer(): Promise<ProgrammeMeasurer>;
  /** The stems that can play, as they were set last. */
  readonly stems: ReadableStore<ReadonlyMap<string, StemManifest>>;
  readonly underruns: ReadableStore<number>;
  /** What of the mix cannot be heard for want of memory, as a sentence for the user; null where all of it can. */
  readonly shortage: ReadableStore<string | null>;
  close(): void;
}
