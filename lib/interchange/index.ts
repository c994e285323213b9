export { audacityLabels, auditionMarkers, commentCsv, commentText, midiMarkers, reaperMarkers } from './comment-list';
export type { SoundFormat } from './sound-format';
export { createSoundWriter } from './sound-writer';
export { unzipped } from './unzip';
