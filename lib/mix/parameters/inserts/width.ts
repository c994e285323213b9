import { continuous, toggle } from '../build';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

const SPAN = { min: 0, max: 200, smoothing: 20 } as const;

export const width: ParameterRow[] = [
  ...shared(),
  continuous(
    { owner, id: 'low', label: 'Low width', short: 'Low', help: 'How far apart the sides are below the crossover; 100 % is as it came.' },
    '%',
    {
      ...SPAN,
      default: 80,
    },
  ),
  continuous(
    {
      owner,
      id: 'high',
      label: 'High width',
      short: 'High',
      help: 'How far apart the sides are above the crossover; 100 % is as it came.',
    },
    '%',
    {
      ...SPAN,
      default: 130,
    },
  ),
  continuous({ owner, id: 'crossover', label: 'Crossover', short: 'Cross', help: 'Where low and high meet.' }, 'Hz', {
    min: 80,
    max: 8000,
    default: 300,
    law: 'log',
    smoothing: 20,
  }),
  toggle(
    { owner, id: 'mono.on', label: 'Mono lows', short: 'Mono', help: 'Brings the lowest notes to the middle, where they carry best.' },
    1,
  ),
  continuous({ owner, id: 'mono.freq', label: 'Mono below', short: 'Below', help: 'What lies below comes from the middle.' }, 'Hz', {
    min: 20,
    max: 500,
    default: 100,
    law: 'log',
    smoothing: 20,
  }),
];
