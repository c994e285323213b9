export { compressorGain, compressorOut, compressorOutBy, gateFloor, gateOut } from './dynamics';
export { flangerGain, phaserGain } from './effects/comb';
export { upperShare } from './effects/crossover';
export { saturated } from './effects/saturation';
export { tremoloGain } from './effects/sway';
export { transientGains } from './effects/transient';
export { Fft, hannWindow } from './fft';
export { Resampler, resampledFrames } from './resample';
export { bandsResponse, cutResponse } from './response/response';
