export { type WavFormat, WavWriter } from './wav';
