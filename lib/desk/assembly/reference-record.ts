import { align16 } from './state-record';

/** A place in a finished song that sounds: which source, from which of its frames on, how loud, and how far it is faded in. */
@unmanaged
export class Voice {
  gain: f64;
  source: i32;
  /** The frame read next; `NOWHERE` while none is. */
  position: i32;
  /** Of `FADE_UNITS`. */
  level: i32;
  pad: i32;
}

/** A finished song beside the mix, for this machine's ears alone. Followed by two voices: what sounds, and what was just left. */
@unmanaged
export class Reference {
  /** As a gain against the mix. */
  gainGoal: f64;
  nextGain: f64;
  /** It is to be heard in place of the mix; it is. */
  wanted: i32;
  heard: i32;
  /** Its frame at the song's frame 0, and the stretch of it that repeats (`until` no later than `from`: none). */
  source: i32;
  offset: i32;
  loopFrom: i32;
  loopUntil: i32;
  nextSource: i32;
  nextOffset: i32;
  nextLoopFrom: i32;
  nextLoopUntil: i32;
  /** Its data is late. */
  late: i32;
  pad: i32;
}

export const VOICE_NOW: usize = align16(offsetof<Reference>());
export const VOICE_LEFT: usize = VOICE_NOW + align16(offsetof<Voice>());
export const REFERENCE_BYTES: usize = VOICE_LEFT + align16(offsetof<Voice>());
