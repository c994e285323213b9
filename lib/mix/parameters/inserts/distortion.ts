import { choice, continuous } from '../build';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

/** Distortion curves, in the order of the choice's index; a strip's saturation has the first three. */
export const CURVES = ['Tape', 'Tube', 'Transistor', 'Fold', 'Hard clip'] as const;

export const distortion: ParameterRow[] = [
  ...shared(),
  choice(
    {
      owner,
      id: 'curve',
      label: 'Curve',
      short: 'Curve',
      help: 'Tape rounds softly, tube adds warmth by even overtones, transistor has an edge, fold turns peaks over, hard clip cuts them.',
    },
    CURVES,
    1,
  ),
  continuous(
    { owner, id: 'drive', label: 'Drive', short: 'Drive', help: 'How hard the curve is driven. The loudness stays about the same.' },
    'dB',
    { min: 0, max: 48, default: 18 },
  ),
  continuous({ owner, id: 'tone', label: 'Tone', short: 'Tone', help: 'Takes away what lies above, after the curve.' }, 'Hz', {
    min: 500,
    max: 20_000,
    default: 9000,
    law: 'log',
    smoothing: 20,
  }),
  continuous({ owner, id: 'output', label: 'Output', short: 'Out', help: 'The level after the distortion.' }, 'dB', {
    min: -24,
    max: 12,
    default: 0,
  }),
];
