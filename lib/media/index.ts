export { type FrameLoop, segmentsAhead, slotFills } from './fetch-plan';
export { FlacFrames, flacBlockSize, flacFrames, flacLength } from './flac-frames';
export { type StemContent, type StemManifest, stemContentSchema, stemManifestSchema } from './manifest';
export { decodePeaks, encodePeaks, PEAK_ZOOMS, type Peaks, type PeakZoom } from './peaks';
export { referenceFrame } from './reference-place';
export { SEGMENT_FRAMES } from './segment';
