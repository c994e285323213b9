export { SEGMENT_FRAMES, type StemManifest, stemManifestSchema } from './manifest';
