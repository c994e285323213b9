export { WavWriter } from './wav';
