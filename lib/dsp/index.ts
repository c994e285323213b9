export { Fft, hannWindow } from './fft';
