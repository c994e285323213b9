import { choice } from '../build';
import type { ParameterRow } from '../row';
import { percent, sway } from './lfo';
import { owner, shared } from './shared';

const TREMOLO_SHAPES = ['Sine', 'Triangle', 'Square'] as const;

export const tremolo: ParameterRow[] = [
  ...shared(),
  ...sway({ sync: 1, note: 2, hertz: 5 }),
  choice(
    { owner, id: 'shape', label: 'Shape', short: 'Shape', help: 'Sine and triangle sway, square chops. The beat is always the loudest.' },
    TREMOLO_SHAPES,
    0,
  ),
  percent({ id: 'depth', label: 'Depth', short: 'Depth', help: 'How far the level goes down.' }, 60),
  percent(
    { id: 'pan', label: 'Auto-pan', short: 'Pan', help: 'At 0 % both sides sway together; at 100 % one is up while the other is down.' },
    0,
  ),
];
