export { type FrameLoop, type SlotFill, segmentsAhead, slotFills } from './fetch-plan';
export { SEGMENT_FRAMES, type StemManifest, stemManifestSchema } from './manifest';
