import { continuous, toggle } from '../build';
import type { ParameterRow } from '../row';

export const owner = 'insert' as const;

/** What every effect begins with: `on`, then `mix` (its default is what suits a strip); the desk counts on their places. */
export const shared = (mix = 100): ParameterRow[] => [
  toggle({ owner, id: 'on', label: 'On', short: 'On', help: 'Switches the effect. Off costs nothing.' }, 1),
  continuous(
    {
      owner,
      id: 'mix',
      label: 'Mix',
      short: 'Mix',
      help: 'How much of the effect; the rest is the dry sound. On an effect return: 100 %.',
    },
    '%',
    { min: 0, max: 100, default: mix },
  ),
];
