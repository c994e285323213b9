import { continuous } from '../build';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

export const limiter: ParameterRow[] = [
  ...shared(),
  continuous(
    { owner, id: 'gain', label: 'Gain', short: 'Gain', help: 'Drives the sound into the limiter: louder, with less of its dynamics.' },
    'dB',
    {
      min: 0,
      max: 24,
      default: 0,
    },
  ),
  continuous({ owner, id: 'ceiling', label: 'Ceiling', short: 'Ceil', help: 'The highest true peak that leaves it.' }, 'dB', {
    min: -24,
    max: 0,
    default: -1,
  }),
  continuous({ owner, id: 'release', label: 'Release', short: 'Rel', help: 'How quickly it comes back after a peak.' }, 'ms', {
    min: 10,
    max: 1000,
    default: 100,
    law: 'log',
  }),
];
