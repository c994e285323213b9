/**
 * The mix check, pure: `StripMeter` measures a strip's sound, `check` says what is wrong with a mix of measured strips, and how to
 * mend it. Nothing here touches sound or knows where it comes from.
 */
export { type CheckOptions, check } from './check';
export { FINDING_KINDS, type Finding, type FindingKind } from './finding';
export type { MasterMeasure } from './findings/master';
export { BAND_HERTZ } from './measure/bands';
export type { StripMeasure } from './measure/strip-measure';
export { StripMeter } from './measure/strip-meter';
export { PROFILES, type Profile } from './profile';
export { figuresOf, loudnessWithin, type ProgrammeFigures, type ProgrammeMeasure, programmeOf, type Stretch } from './programme/programme';
export { findSections, outlineOf } from './programme/sections';
export type { StripSound } from './song/song';
export { LOUDNESS_TARGETS, type LoudnessTarget } from './target';
