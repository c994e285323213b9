export { Fft, hannWindow } from './fft';
export { Resampler, resampledFrames } from './resample';
export { type BandShape, bandResponse, type CutShape, cutResponse } from './response/response';
