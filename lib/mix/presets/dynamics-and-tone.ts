import type { Preset } from './preset';

export const compressor: readonly Preset[] = [
  { name: 'Steady vocal', values: { threshold: -22, ratio: 3, knee: 6, attack: 8, release: 120, makeup: 3 } },
  { name: 'Bass level', values: { threshold: -20, ratio: 4, knee: 4, attack: 25, release: 180, makeup: 3 } },
  { name: 'Drum punch', values: { threshold: -16, ratio: 4, knee: 2, attack: 30, release: 80, makeup: 2 } },
  { name: 'Parallel squash', values: { threshold: -36, ratio: 10, knee: 0, attack: 1, release: 60, makeup: 10, mix: 35 } },
  { name: 'Glue', values: { detector: 1, threshold: -14, ratio: 2, knee: 8, attack: 30, release: 250, makeup: 1 } },
];

export const gate: readonly Preset[] = [
  { name: 'Kick and snare', values: { threshold: -32, range: -40, attack: 0.3, hold: 60, release: 120 } },
  { name: 'Toms', values: { threshold: -30, range: -30, attack: 0.5, hold: 150, release: 350 } },
  { name: 'Noisy amplifier', values: { threshold: -52, range: -20, attack: 3, hold: 120, release: 400 } },
  { name: 'Breath between lines', values: { threshold: -44, range: -10, attack: 5, hold: 100, release: 250 } },
];

export const deesser: readonly Preset[] = [
  { name: 'Deep voice', values: { freq: 5000, threshold: -32, range: 6 } },
  { name: 'Bright voice', values: { freq: 7500, threshold: -32, range: 8 } },
  { name: 'Harsh cymbals', values: { freq: 9000, threshold: -34, range: 5, release: 80 } },
  { name: 'Strong', values: { freq: 6000, threshold: -38, range: 14 } },
];

export const transient: readonly Preset[] = [
  { name: 'More stick', values: { attack: 45, sustain: -10 } },
  { name: 'Less room', values: { attack: 0, sustain: -50 } },
  { name: 'Softer picking', values: { attack: -40, sustain: 10 } },
  { name: 'Longer ring', values: { attack: 0, sustain: 45 } },
];

export const limiter: readonly Preset[] = [
  { name: 'Only the peaks', values: { gain: 0, ceiling: -1, release: 60 } },
  { name: 'Louder', values: { gain: 4, ceiling: -1, release: 100 } },
  { name: 'Loud and dense', values: { gain: 8, ceiling: -1, release: 200 } },
  { name: 'Streaming master', values: { gain: 3, ceiling: -1.5, release: 150 } },
];

export const eq: readonly Preset[] = [
  { name: 'Clear voice', values: { 'eq.2.freq': 250, 'eq.2.gain': -3, 'eq.4.freq': 3200, 'eq.4.gain': 2.5, 'eq.6.gain': 2 } },
  { name: 'Warm', values: { 'eq.1.freq': 120, 'eq.1.gain': 2, 'eq.5.freq': 3500, 'eq.5.gain': -1.5, 'eq.6.gain': -2 } },
  { name: 'Air', values: { 'eq.6.freq': 11_000, 'eq.6.gain': 3.5 } },
  { name: 'Less mud', values: { 'eq.2.freq': 280, 'eq.2.gain': -4, 'eq.2.q': 0.9 } },
  {
    name: 'Telephone',
    values: { 'eq.1.freq': 400, 'eq.1.gain': -18, 'eq.4.freq': 1800, 'eq.4.gain': 6, 'eq.6.freq': 3500, 'eq.6.gain': -18 },
  },
];

export const multiband: readonly Preset[] = [
  { name: 'Gentle master', values: { '1.threshold': -20, '2.threshold': -20, '3.threshold': -22, '4.threshold': -24 } },
  {
    name: 'Firm low end',
    values: { '1.threshold': -28, '1.ratio': 4, '1.release': 180, '1.gain': 2, '2.ratio': 1, '3.ratio': 1, '4.ratio': 1 },
  },
  { name: 'Tame harshness', values: { '1.ratio': 1, '2.ratio': 1, '3.threshold': -30, '3.ratio': 3, '3.attack': 5, '4.ratio': 1 } },
  { name: 'Radio', values: { '1.ratio': 4, '2.ratio': 3, '3.ratio': 3, '4.ratio': 4, '1.gain': 3, '2.gain': 2, '3.gain': 2, '4.gain': 3 } },
];
