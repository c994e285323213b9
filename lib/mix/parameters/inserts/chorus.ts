import { continuous } from '../build';
import type { ParameterRow } from '../row';
import { percent, sway } from './lfo';
import { owner, shared } from './shared';

export const chorus: ParameterRow[] = [
  ...shared(50),
  ...sway({ sync: 0, note: 8, hertz: 0.6 }),
  percent({ id: 'depth', label: 'Depth', short: 'Depth', help: 'How far the voices sway in pitch.' }, 50),
  continuous(
    { owner, id: 'delay', label: 'Delay', short: 'Delay', help: 'How far the voices lag behind: short is close, long is a crowd.' },
    'ms',
    {
      min: 5,
      max: 40,
      default: 14,
      smoothing: 80,
    },
  ),
  percent({ id: 'width', label: 'Width', short: 'Width', help: 'How differently the two sides sway.' }, 100),
  continuous(
    { owner, id: 'lowcut', label: 'Low cut', short: 'LowCut', help: 'Keeps lows out of the voices, so that the bottom stays firm.' },
    'Hz',
    {
      min: 20,
      max: 1000,
      default: 120,
      law: 'log',
      smoothing: 20,
    },
  ),
];
