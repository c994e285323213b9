import type { Normalisation } from '../types';

export interface MixdownLevels {
  /** LUFS. */
  readonly integrated: number;
  /** dBTP. */
  readonly truePeak: number;
}

/** The gain in dB that brings a mix of these levels where it is wanted; 0 for silence. */
export function normalisingGain(wanted: Normalisation, { integrated, truePeak }: MixdownLevels): number {
  const level = wanted.to === 'peak' ? truePeak : integrated;
  if (!Number.isFinite(level) || !Number.isFinite(truePeak)) return 0;
  const gain = wanted.target - level;
  return wanted.to === 'peak' ? gain : Math.min(gain, wanted.ceiling - truePeak);
}
