import { choice, continuous, toggle } from './build';
import type { Owner, ParameterRow } from './row';

export const EQ_BANDS = 6;
export const EQ_TYPES = ['Bell', 'Low shelf', 'High shelf', 'Notch', 'Tilt'] as const;
/** Where each band rests, and as what. */
const EQ_REST = [
  { freq: 80, type: 1 },
  { freq: 200, type: 0 },
  { freq: 500, type: 0 },
  { freq: 1500, type: 0 },
  { freq: 4000, type: 0 },
  { freq: 10_000, type: 2 },
] as const;

function band(owner: Owner, number: number): ParameterRow[] {
  const rest = EQ_REST[number - 1] ?? EQ_REST[0];
  const id = (name: string) => `eq.${number}.${name}`;
  const label = (name: string) => `EQ ${number} ${name}`;
  return [
    toggle(
      {
        owner,
        id: id('on'),
        label: label('on'),
        short: `${number}`,
        help: 'Switches this band of the equaliser. A band that is off costs nothing.',
      },
      1,
    ),
    choice(
      {
        owner,
        id: id('type'),
        label: label('type'),
        short: 'Type',
        help: 'Bell lifts or cuts around a frequency; shelves everything below or above; notch removes one narrow tone; tilt leans the whole balance.',
      },
      EQ_TYPES,
      rest.type,
    ),
    continuous(
      { owner, id: id('freq'), label: label('frequency'), short: 'Freq', help: 'The middle of the bell, or the corner of the shelf.' },
      'Hz',
      { min: 20, max: 20_000, default: rest.freq, law: 'log', smoothing: 20 },
    ),
    continuous({ owner, id: id('gain'), label: label('gain'), short: 'Gain', help: 'How much this band lifts or cuts.' }, 'dB', {
      min: -18,
      max: 18,
      default: 0,
      smoothing: 20,
    }),
    continuous({ owner, id: id('q'), label: label('Q'), short: 'Q', help: 'How narrow the band is: high is narrow.' }, 'Q', {
      min: 0.1,
      max: 30,
      default: rest.type === 0 ? 1 : 0.71,
      law: 'log',
      smoothing: 20,
    }),
  ];
}

/** The bands of an equaliser on a strip or as an insert, by the same ids. */
export const bandRows = (owner: Owner): ParameterRow[] => Array.from({ length: EQ_BANDS }, (_, index) => band(owner, index + 1)).flat();
