import { choice, continuous } from '../build';
import type { ParameterRow } from '../row';
import { feedback, percent, sway } from './lfo';
import { owner, shared } from './shared';

/** All-pass stages, in the order of the choice's index. */
export const PHASER_STAGES = [4, 6, 8, 12] as const;

export const phaser: ParameterRow[] = [
  ...shared(50),
  ...sway({ sync: 0, note: 9, hertz: 0.35 }),
  choice(
    { owner, id: 'stages', label: 'Stages', short: 'Stages', help: 'Every two stages make one notch.' },
    PHASER_STAGES.map((stages) => `${stages} stages`),
    1,
  ),
  continuous({ owner, id: 'freq', label: 'Frequency', short: 'Freq', help: 'The middle of the sweep.' }, 'Hz', {
    min: 80,
    max: 8000,
    default: 700,
    law: 'log',
    smoothing: 30,
  }),
  percent({ id: 'depth', label: 'Depth', short: 'Depth', help: 'How far the notches sweep: at 100 % two octaves up and down.' }, 70),
  feedback(35),
  percent({ id: 'width', label: 'Width', short: 'Width', help: 'How far the right side sweeps behind the left.' }, 25),
];
