import { continuous, toggle } from '../build';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

export const crusher: ParameterRow[] = [
  ...shared(),
  continuous(
    { owner, id: 'bits', label: 'Bits', short: 'Bits', help: 'How finely levels are told apart: fewer bits are rougher.' },
    'none',
    {
      min: 1,
      max: 16,
      default: 8,
      smoothing: 20,
    },
  ),
  continuous(
    { owner, id: 'rate', label: 'Sample rate', short: 'Rate', help: 'How many samples a second are kept: fewer ring and whistle.' },
    'Hz',
    {
      min: 500,
      max: 48_000,
      default: 12_000,
      law: 'log',
      smoothing: 20,
    },
  ),
  toggle(
    { owner, id: 'smooth', label: 'Smooth', short: 'Smooth', help: 'Rounds the stairs that few samples leave: darker, less harsh.' },
    1,
  ),
];
