import { choice, continuous } from '../build';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

export const deesser: ParameterRow[] = [
  ...shared(),
  choice(
    {
      owner,
      id: 'mode',
      label: 'Mode',
      short: 'Mode',
      help: 'Split turns down only what lies above the frequency; wide turns everything down for a moment.',
    },
    ['Split', 'Wide'],
  ),
  continuous(
    {
      owner,
      id: 'freq',
      label: 'Frequency',
      short: 'Freq',
      help: 'Where sibilance begins: about 5 kHz for a low voice, 7 kHz for a high one.',
    },
    'Hz',
    {
      min: 1000,
      max: 16_000,
      default: 6000,
      law: 'log',
      smoothing: 20,
    },
  ),
  continuous(
    { owner, id: 'threshold', label: 'Threshold', short: 'Thr', help: 'How loud a sibilant may be before it is turned down.' },
    'dB',
    {
      min: -60,
      max: 0,
      default: -30,
    },
  ),
  continuous({ owner, id: 'range', label: 'Range', short: 'Range', help: 'How far it turns down at the most.' }, 'dB', {
    min: 0,
    max: 24,
    default: 8,
  }),
  continuous({ owner, id: 'release', label: 'Release', short: 'Rel', help: 'How quickly it comes back after a sibilant.' }, 'ms', {
    min: 5,
    max: 300,
    default: 40,
    law: 'log',
  }),
];
