import type { Preset } from './preset';

// Curves by their index: tape, tube, transistor, fold, hard clip.
export const distortion: readonly Preset[] = [
  { name: 'Tape warmth', values: { curve: 0, drive: 9, tone: 14_000 } },
  { name: 'Vocal grit', values: { curve: 1, drive: 20, tone: 7000, mix: 35 } },
  { name: 'Bass growl', values: { curve: 2, drive: 24, tone: 2800, mix: 50 } },
  { name: 'Drum crush', values: { curve: 4, drive: 22, tone: 9000, mix: 30 } },
  { name: 'Guitar amplifier', values: { curve: 1, drive: 36, tone: 4500, output: -2 } },
  { name: 'Broken synth', values: { curve: 3, drive: 26, tone: 6000 } },
];

export const crusher: readonly Preset[] = [
  { name: 'Old sampler', values: { bits: 12, rate: 26_000, smooth: 1 } },
  { name: 'Eight-bit game', values: { bits: 5, rate: 11_000, smooth: 0 } },
  { name: 'Toy keyboard', values: { bits: 8, rate: 8000, smooth: 1 } },
  { name: 'Telephone line', values: { bits: 8, rate: 6500, smooth: 1 } },
  { name: 'Dirt underneath', values: { bits: 6, rate: 9000, smooth: 1, mix: 25 } },
];

export const width: readonly Preset[] = [
  { name: 'Firm bottom', values: { low: 100, high: 100, 'mono.on': 1, 'mono.freq': 120 } },
  { name: 'Wide and open', values: { low: 90, high: 160, crossover: 500, 'mono.on': 1 } },
  { name: 'Gently narrower', values: { low: 60, high: 75, crossover: 400 } },
  { name: 'Mono check', values: { low: 0, high: 0, 'mono.on': 0 } },
  { name: 'Vinyl safe', values: { low: 70, high: 110, crossover: 250, 'mono.on': 1, 'mono.freq': 180 } },
];
