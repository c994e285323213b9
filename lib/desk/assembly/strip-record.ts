import { STRIP_COUNT } from './generated/parameters';
import { align16 } from './state-record';
import { blockBytes } from './values';

export const STEM: i32 = 0;
export const GROUP: i32 = 1;
export const AUX: i32 = 2;
export const MASTER: i32 = 3;
export const MAX_CHAIN: i32 = 8;
/** High-pass, low-pass, six bands. */
export const UNITS: i32 = 8;

/** A channel of the console. Followed by its values and its filter units. */
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
  /** Nothing moves: gains, units and dynamics are where they should be. */
  settled: i32;

  // gains at the end of the last chunk
  trim: f64;
  polarity: f64;
  left: f64;
  right: f64;
  fader: f64;
  mute: f64;
  heard: f64;
  /** 0 while a route or a chain is changed underneath, else 1. */
  presence: f64;
  width: f64;

  // meters
  peakLeft: f64;
  peakRight: f64;
  squareLeft: f64;
  squareRight: f64;
  gateReduction: f64;
  compReduction: f64;
  /** What they heard: the highest level, as a gain; it falls like a peak. */
  gateDetector: f64;
  compDetector: f64;

  // gate
  gateAmount: f64;
  gateGain: f64;
  gateOpen: i32;
  gateHold: i32;

  // compressor
  /** 0 out, 1 in, moving between; and that × the mix. */
  compSwitch: f64;
  compAmount: f64;
  compMakeup: f64;
  compReductionNow: f64;
  compPeak: f64;
  compPeakHold: f64;
  compMeanLeft: f64;
  compMeanRight: f64;
}

/** A second-order filter: coefficients b0 b1 b2 a1 a2, those it moves to, and two states (left and right together). */
export const SECTION_GOAL: usize = 40;
export const SECTION_STATE: usize = 80;
export const SECTION_BYTES: usize = 112;
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
export const STRIP_VALUES: usize = align16(offsetof<Strip>());
export const STRIP_UNITS: usize = align16(STRIP_VALUES + blockBytes(STRIP_COUNT));
export const STRIP_BYTES: usize = STRIP_UNITS + <usize>UNITS * UNIT_BYTES;
