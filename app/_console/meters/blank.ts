import type { MasterMeter, StripMeter } from '../../../lib/audio';

const NONE = Number.NEGATIVE_INFINITY;

/** A strip's levels before anything has sounded, to be filled. */
export function blankMeter(): StripMeter {
  return {
    peakLeft: 0,
    peakRight: 0,
    rmsLeft: 0,
    rmsRight: 0,
    gateReduction: 0,
    compReduction: 0,
    gateDetector: NONE,
    compDetector: NONE,
    clipped: false,
    highest: 0,
    clips: 0,
    correlation: 0,
    momentary: NONE,
    shortTerm: NONE,
  };
}

export function blankMaster(): MasterMeter {
  return { ...blankMeter(), integrated: NONE, range: 0, truePeak: NONE, limiterReduction: 0 };
}
