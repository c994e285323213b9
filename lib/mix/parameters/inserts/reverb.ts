import { choice, continuous } from '../build';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

/** In the order of the choice's index; the desk knows them by it. */
const CHARACTERS = ['Room', 'Hall', 'Plate', 'Spring', 'Chamber'] as const;

export const reverb: ParameterRow[] = [
  ...shared(),
  choice(
    {
      owner,
      id: 'character',
      label: 'Character',
      short: 'Kind',
      help: 'A room is close and lively, a hall wide and slow to build, a plate dense and bright at once, a spring boings, a chamber is smooth.',
    },
    CHARACTERS,
  ),
  continuous(
    { owner, id: 'size', label: 'Size', short: 'Size', help: 'How far apart the walls are: how slowly the sound builds up.' },
    '%',
    {
      min: 50,
      max: 150,
      default: 100,
    },
  ),
  continuous(
    {
      owner,
      id: 'early',
      label: 'Early reflections',
      short: 'Early',
      help: 'How loud the first echoes of the walls are. Plates and springs have none.',
    },
    '%',
    { min: 0, max: 100, default: 50 },
  ),
  continuous(
    { owner, id: 'predelay', label: 'Pre-delay', short: 'Pre', help: 'Time before the room answers: keeps the dry sound in front.' },
    'ms',
    { min: 0, max: 200, default: 20 },
  ),
  continuous({ owner, id: 'decay', label: 'Decay', short: 'Decay', help: 'Time until the room has fallen by 60 dB.' }, 's', {
    min: 0.2,
    max: 10,
    default: 1.6,
    law: 'log',
    smoothing: 50,
  }),
  continuous({ owner, id: 'damping', label: 'Damping', short: 'Damp', help: 'Above this frequency the room dies away sooner.' }, 'Hz', {
    min: 500,
    max: 20_000,
    default: 6000,
    law: 'log',
    smoothing: 50,
  }),
  continuous(
    { owner, id: 'lowcut', label: 'Low cut', short: 'LowCut', help: 'Keeps lows out of the room, so that it does not turn muddy.' },
    'Hz',
    { min: 20, max: 1000, default: 150, law: 'log', smoothing: 20 },
  ),
  continuous({ owner, id: 'width', label: 'Width', short: 'Width', help: 'How wide the room is.' }, '%', {
    min: 0,
    max: 100,
    default: 100,
  }),
];
