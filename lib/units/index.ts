export { type Decibels, decibelsToGain, gainToDecibels, SAMPLE_RATE, type Seconds, SILENCE_DB } from './units';
