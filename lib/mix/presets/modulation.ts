import type { Preset } from './preset';

export const chorus: readonly Preset[] = [
  { name: 'Wide guitar', values: { rate: 0.6, depth: 45, delay: 12 } },
  { name: 'Vocal doubling', values: { rate: 0.35, depth: 25, delay: 24, lowcut: 250, mix: 35 } },
  { name: 'Slow string machine', values: { rate: 0.22, depth: 85, delay: 16, mix: 60 } },
  { name: 'Eighties bass', values: { rate: 0.9, depth: 30, delay: 8, lowcut: 300, mix: 40 } },
  { name: 'Seasick', values: { rate: 3.2, depth: 60, delay: 18, width: 60, mix: 100 } },
];

export const flanger: readonly Preset[] = [
  { name: 'Jet', values: { rate: 0.08, depth: 90, delay: 3, feedback: 70 } },
  { name: 'Soft sweep', values: { rate: 0.2, depth: 60, delay: 2, feedback: 15, mix: 35 } },
  { name: 'Metal tube', values: { rate: 0.05, depth: 15, delay: 5, feedback: -80 } },
  { name: 'Two bars', values: { sync: 1, note: 9, depth: 80, delay: 2.5, feedback: 50 } },
  { name: 'Shimmering drums', values: { rate: 0.5, depth: 50, delay: 0.7, feedback: -40, mix: 30, width: 60 } },
];

// Stages by their index: 4, 6, 8, 12.
export const phaser: readonly Preset[] = [
  { name: 'Electric piano', values: { rate: 0.5, stages: 0, freq: 600, depth: 60, feedback: 20 } },
  { name: 'Slow swirl', values: { rate: 0.12, stages: 2, freq: 900, depth: 85, feedback: 40, width: 50 } },
  { name: 'Funk guitar', values: { rate: 1.4, stages: 0, freq: 1100, depth: 70, feedback: 45, width: 0 } },
  { name: 'Vowels', values: { rate: 0.3, stages: 1, freq: 800, depth: 50, feedback: 80 } },
  { name: 'Four bars', values: { sync: 1, note: 10, stages: 3, freq: 700, depth: 100, feedback: 30 } },
];

// Shapes by their index: sine, triangle, square. Notes: 2 is 1/8, 0 is 1/16, 5 is 1/4, 8 is 1/1.
export const tremolo: readonly Preset[] = [
  { name: 'Amplifier', values: { sync: 0, rate: 5.2, depth: 55, shape: 0 } },
  { name: 'Eighth notes', values: { sync: 1, note: 2, depth: 70, shape: 0 } },
  { name: 'Chopper', values: { sync: 1, note: 0, depth: 100, shape: 2 } },
  { name: 'Auto-pan', values: { sync: 1, note: 8, depth: 80, shape: 0, pan: 100 } },
  { name: 'Rotating', values: { sync: 0, rate: 6.4, depth: 40, shape: 1, pan: 60 } },
];
