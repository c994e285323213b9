export { createSoundWriter, type SoundFormat, type SoundWriter } from './sound-writer';
