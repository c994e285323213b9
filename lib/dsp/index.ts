export { Fft, hannWindow } from './fft';
export { Resampler, resampledFrames } from './resample';
export { bandResponse, cutResponse } from './response/response';
