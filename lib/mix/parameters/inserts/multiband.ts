import { choice, continuous, toggle } from '../build';
import { ENDLESS_RATIO } from '../dynamics';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

const MULTIBAND_BANDS = ['Low', 'Low mid', 'High mid', 'High'] as const;

const crossover = (number: number, freq: number): ParameterRow =>
  continuous(
    {
      owner,
      id: `split.${number}`,
      label: `Split ${number}`,
      short: `Split${number}`,
      help: 'Where one band ends and the next begins. With nothing compressed the bands add up to the sound they were.',
    },
    'Hz',
    { min: 40, max: 16_000, default: freq, law: 'log', smoothing: 20 },
  );

function band(name: string, index: number): ParameterRow[] {
  const words = (id: string, label: string, short: string, help: string) => ({
    owner,
    id: `${index + 1}.${id}`,
    label: `${name} ${label}`,
    short,
    help,
  });
  return [
    toggle(words('on', 'compressed', 'On', 'Compresses this band; off, it passes as it is.'), 1),
    toggle(words('solo', 'alone', 'Solo', 'Plays only the bands chosen so. Everybody hears it.')),
    continuous(words('threshold', 'threshold', 'Thr', 'The level of this band above which it turns down.'), 'dB', {
      min: -60,
      max: 0,
      default: -24,
    }),
    continuous(words('ratio', 'ratio', 'Ratio', 'At 4:1 four decibels over the threshold become one.'), 'ratio', {
      min: 1,
      max: ENDLESS_RATIO,
      default: 2,
      law: 'log',
    }),
    continuous(words('attack', 'attack', 'Att', 'How quickly this band turns down.'), 'ms', {
      min: 0.1,
      max: 200,
      default: 15,
      law: 'log',
    }),
    continuous(words('release', 'release', 'Rel', 'How quickly this band comes back.'), 'ms', {
      min: 5,
      max: 2000,
      default: 120,
      law: 'log',
    }),
    continuous(words('gain', 'gain', 'Gain', 'Level of this band after compression.'), 'dB', { min: -18, max: 18, default: 0 }),
  ];
}

export const multiband: ParameterRow[] = [
  ...shared(),
  choice(
    { owner, id: 'detector', label: 'Detector', short: 'Det', help: 'Peak reacts to every spike; RMS to loudness.' },
    ['Peak', 'RMS'],
    1,
  ),
  continuous({ owner, id: 'knee', label: 'Knee', short: 'Knee', help: 'How gently each band begins around its threshold.' }, 'dB', {
    min: 0,
    max: 24,
    default: 6,
  }),
  crossover(1, 120),
  crossover(2, 800),
  crossover(3, 5000),
  ...MULTIBAND_BANDS.flatMap(band),
];
