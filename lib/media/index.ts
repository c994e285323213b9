export { type FrameLoop, type SlotFill, segmentsAhead, slotFills } from './fetch-plan';
export { SEGMENT_FRAMES, type StemContent, type StemManifest, stemContentSchema, stemManifestSchema } from './manifest';
export { decodePeaks, encodePeaks, PEAK_ZOOMS, type Peaks, type PeakZoom, zoomFor } from './peaks';
