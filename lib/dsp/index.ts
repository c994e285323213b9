export { compressorGain, compressorOut, gateOut } from './dynamics';
export { Fft, hannWindow } from './fft';
export { Resampler, resampledFrames } from './resample';
export { bandResponse, cutResponse } from './response/response';
