import { choice, continuous, toggle } from '../build';
import { ENDLESS_RATIO } from '../dynamics';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

const MOST_BANDS = 6;
/** How many bands there are, by the index of the choice `bands`. */
const BAND_COUNTS = [2, 3, 4, 5, 6] as const;

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

function band(index: number): ParameterRow[] {
  const name = `Band ${index + 1}`;
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

/** What of an effect's parameters exists with so many bands (the value of `bands`): all but the splits and bands above. */
export function inMultiband(id: string, choice: number): boolean {
  const count = BAND_COUNTS[choice] ?? MOST_BANDS;
  const [, split] = /^split\.(\d)$/.exec(id) ?? [];
  const [, number] = /^(\d)\./.exec(id) ?? [];
  return split ? Number(split) < count : number ? Number(number) <= count : true;
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
  choice(
    {
      owner,
      id: 'bands',
      label: 'Bands',
      short: 'Bands',
      help: 'Into how many bands the sound is split, each with a compressor of its own.',
    },
    BAND_COUNTS.map((count) => `${count} bands`),
    BAND_COUNTS.indexOf(4),
  ),
  crossover(1, 120),
  crossover(2, 800),
  crossover(3, 5000),
  crossover(4, 8000),
  crossover(5, 12_000),
  ...Array.from({ length: MOST_BANDS }, (_, index) => band(index)).flat(),
];
