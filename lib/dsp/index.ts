export { Fft, hannWindow } from './fft';
export { Resampler, resampledFrames } from './resample';
