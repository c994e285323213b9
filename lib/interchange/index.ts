export type { SoundFormat } from './sound-format';
export { createSoundWriter } from './sound-writer';
