import { Compressor } from './compressor-record';
import { DETECTOR_BYTES } from './detector-record';
import { Gate } from './gate-record';
import { STRIP_COUNT } from './generated/parameters';
import { Line } from './line-record';
import { SECTION_BYTES } from './section-record';
import { align16 } from './state-record';
import { blockBytes } from './values';

export const STEM: i32 = 0;
export const GROUP: i32 = 1;
export const AUX: i32 = 2;
export const MASTER: i32 = 3;
export const VCA: i32 = 4;
export const MAX_CHAIN: i32 = 8;
/** VCAs a strip can follow: as many as there are strips, each a byte. */
export const MOST_VCAS: i32 = 256;
/** High-pass, low-pass, six bands. */
export const UNITS: i32 = 8;

/** A channel of the console. Followed by its values, its filter units, gate and compressor. */
@unmanaged
export class Strip {
  used: i32;
  /** Fades out, then goes. */
  leaving: i32;
  kind: i32;
  source: i32;
  wantedSource: i32;
  output: i32;
  wantedOutput: i32;
  audible: i32;
  firstSend: i32;
  clipped: i32;
  chainCount: i32;
  nextChainCount: i32;
  chainStale: i32;
  chain0: i32;
  chain1: i32;
  chain2: i32;
  chain3: i32;
  chain4: i32;
  chain5: i32;
  chain6: i32;
  chain7: i32;
  next0: i32;
  next1: i32;
  next2: i32;
  next3: i32;
  next4: i32;
  next5: i32;
  next6: i32;
  next7: i32;
  /** 0 while its pan moves, 1 once a stereo sound's is where it should be, 2 a mono sound's. */
  panRests: i32;

  // its delay: where its memory is (0: none), what of it is filled, and a new time being faded to
  delayLine: i32;
  delayHead: i32;
  delayFilled: i32;
  delayTime: i32;
  delayOldTime: i32;
  delayFade: i32;
  /** 0 out of the path, 1 in it, moving between. */
  delayAmount: f64;

  // VCAs: how many it follows, and what they do; see `vca.ts`
  vcaCount: i32;
  vcaPad: i32;
  vcaFader: f64;
  vcaMute: f64;
  /** What the VCAs did before they were changed, and how far that has been left. */
  vcaHeldFader: f64;
  vcaHeldMute: f64;
  vcaBlend: f64;

  // gains at the end of the last chunk
  trim: f64;
  polarity: f64;
  left: f64;
  right: f64;
  /** Of the right side into the left, and the other way round. */
  crossLeft: f64;
  crossRight: f64;
  /** The four gains of the pan alone, and what they are multiplied by. */
  panLeft: f64;
  panRight: f64;
  panCrossLeft: f64;
  panCrossRight: f64;
  fader: f64;
  mute: f64;
  heard: f64;
  /** 0 while a route or a chain is changed underneath, else 1. */
  presence: f64;
  /** What goes into the strip, and into each effect of its chain: 0 while another stem, another chain comes, so that no edge goes into what rings or waits. */
  entry: f64;
  chainEntry: f64;
  width: f64;

  // meters
  peakLeft: f64;
  peakRight: f64;
  squareLeft: f64;
  squareRight: f64;

  /** The compressor: 0 out, 1 in, moving between. */
  compSwitch: f64;
  /** The strip its compressor listens to, −1 for itself; and whether another listens to this one. */
  key: i32;
  keyed: i32;
  /** Frames its sound waits on the way to its output, and the memory for it; and for how long it has been faded out. */
  wait: i32;
  waitLine: i32;
  unheard: i32;
  /** The same of what goes into it, and of what its compressor listens to. */
  inputWait: i32;
  inputLine: i32;
  keyWait: i32;
  keyLine: i32;
}

export const MAX_SECTIONS: i32 = 4;

/** Sections that are switched together: a high-pass, a low-pass, or one band of the equaliser. */
@unmanaged
export class Unit {
  /** 0 out of the path, 1 in it, moving between. */
  amount: f64;
  /** The slope or band type its sections are made for. */
  shape: i32;
  sections: i32;
  /** Its sections still move to their goals. */
  moving: i32;
  pad: i32;
}

export const UNIT_SECTIONS: usize = align16(offsetof<Unit>());
export const UNIT_BYTES: usize = UNIT_SECTIONS + <usize>MAX_SECTIONS * SECTION_BYTES;
/** Behind the units: which sections of the bands run while nothing moves (see `filters.ts`), and which of the filters. */
export const BAND_LIST: usize = <usize>UNITS * UNIT_BYTES;
export const LIST_BYTES: usize = 48;
export const FILTER_LIST: usize = BAND_LIST + LIST_BYTES;
export const STRIP_VALUES: usize = align16(offsetof<Strip>());
export const STRIP_UNITS: usize = align16(STRIP_VALUES + blockBytes(STRIP_COUNT));
export const STRIP_GATE: usize = align16(STRIP_UNITS + FILTER_LIST + LIST_BYTES);
export const STRIP_GATE_EARS: usize = align16(STRIP_GATE + offsetof<Gate>());
export const STRIP_COMP: usize = align16(STRIP_GATE_EARS + DETECTOR_BYTES);
export const STRIP_COMP_EARS: usize = align16(STRIP_COMP + offsetof<Compressor>());
/** The line of the way to its output. */
export const STRIP_WAIT: usize = align16(STRIP_COMP_EARS + DETECTOR_BYTES);
export const STRIP_INPUT_WAIT: usize = align16(STRIP_WAIT + offsetof<Line>());
export const STRIP_KEY_WAIT: usize = align16(STRIP_INPUT_WAIT + offsetof<Line>());
/** The slots of the VCAs it follows, in the order they are multiplied in. */
export const STRIP_VCAS: usize = align16(STRIP_KEY_WAIT + offsetof<Line>());
export const STRIP_BYTES: usize = align16(STRIP_VCAS + <usize>MOST_VCAS);
