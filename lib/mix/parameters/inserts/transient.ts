import { continuous } from '../build';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

export const transient: ParameterRow[] = [
  ...shared(),
  continuous(
    { owner, id: 'attack', label: 'Attack', short: 'Att', help: 'Lifts or softens the beginning of each hit, however loud it is.' },
    '%',
    { min: -100, max: 100, default: 0 },
  ),
  continuous(
    {
      owner,
      id: 'sustain',
      label: 'Sustain',
      short: 'Sus',
      help: 'Lifts or shortens what rings after each hit: the room, the ring of a drum.',
    },
    '%',
    { min: -100, max: 100, default: 0 },
  ),
  continuous(
    { owner, id: 'speed', label: 'Speed', short: 'Speed', help: 'How long a beginning lasts: short for hats, long for a bass drum.' },
    'ms',
    {
      min: 5,
      max: 100,
      default: 20,
      law: 'log',
    },
  ),
];
