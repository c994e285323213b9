export { compressorGain, compressorOut, gateOut } from './dynamics';
export { flangerGain, phaserGain } from './effects/comb';
export { type Saturation, saturated } from './effects/saturation';
export { tremoloGain } from './effects/sway';
export { Fft, hannWindow } from './fft';
export { Resampler, resampledFrames } from './resample';
export { bandResponse, cutResponse } from './response/response';
