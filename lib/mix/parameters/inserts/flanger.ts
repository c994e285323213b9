import { continuous } from '../build';
import type { ParameterRow } from '../row';
import { feedback, percent, sway } from './lfo';
import { owner, shared } from './shared';

export const flanger: ParameterRow[] = [
  ...shared(50),
  ...sway({ sync: 0, note: 9, hertz: 0.2 }),
  percent({ id: 'depth', label: 'Depth', short: 'Depth', help: 'How far the sweep goes, up and down from the delay.' }, 75),
  continuous({ owner, id: 'delay', label: 'Delay', short: 'Delay', help: 'The middle of the sweep: short is high, long is low.' }, 'ms', {
    min: 0.1,
    max: 12,
    default: 2,
    law: 'log',
    smoothing: 50,
  }),
  feedback(40),
  percent({ id: 'width', label: 'Width', short: 'Width', help: 'How far the right side sweeps behind the left.' }, 25),
];
