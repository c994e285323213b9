import { choice, continuous, toggle } from './build';
import type { InsertType, ParameterRow } from './row';

/** Lengths of the tempo-synced delay, in quarter notes, in the order of the choice's index. */
export const DELAY_NOTES = [
  { name: '1/32', quarters: 1 / 8 },
  { name: '1/16', quarters: 1 / 4 },
  { name: '1/8 triplet', quarters: 1 / 3 },
  { name: '1/16 dotted', quarters: 3 / 8 },
  { name: '1/8', quarters: 1 / 2 },
  { name: '1/4 triplet', quarters: 2 / 3 },
  { name: '1/8 dotted', quarters: 3 / 4 },
  { name: '1/4', quarters: 1 },
  { name: '1/4 dotted', quarters: 3 / 2 },
  { name: '1/2', quarters: 2 },
] as const;

const owner = 'insert' as const;

const shared = (): ParameterRow[] => [
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
    { min: 0, max: 100, default: 100 },
  ),
];

const reverb: ParameterRow[] = [
  ...shared(),
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

const delay: ParameterRow[] = [
  ...shared(),
  toggle({ owner, id: 'sync', label: 'Sync to tempo', short: 'Sync', help: 'Takes the time from the tempo and the note length.' }, 1),
  choice(
    { owner, id: 'note', label: 'Note', short: 'Note', help: 'The length of an echo in notes.' },
    DELAY_NOTES.map((note) => note.name),
    6,
  ),
  continuous({ owner, id: 'time', label: 'Time', short: 'Time', help: 'The length of an echo when it does not follow the tempo.' }, 'ms', {
    min: 1,
    max: 2000,
    default: 375,
    law: 'log',
    smoothing: 80,
  }),
  continuous({ owner, id: 'feedback', label: 'Feedback', short: 'Feedb', help: 'How much of each echo comes again.' }, '%', {
    min: 0,
    max: 95,
    default: 35,
  }),
  continuous({ owner, id: 'lowcut', label: 'Low cut', short: 'LowCut', help: 'Each echo loses what lies below.' }, 'Hz', {
    min: 20,
    max: 2000,
    default: 150,
    law: 'log',
    smoothing: 20,
  }),
  continuous({ owner, id: 'highcut', label: 'High cut', short: 'HiCut', help: 'Each echo loses what lies above.' }, 'Hz', {
    min: 500,
    max: 20_000,
    default: 6000,
    law: 'log',
    smoothing: 20,
  }),
  toggle({ owner, id: 'pingpong', label: 'Ping-pong', short: 'Ping', help: 'Echoes go from side to side.' }, 1),
];

/** The parameters of each type of insert. */
export const INSERT_ROWS: Readonly<Record<InsertType, readonly ParameterRow[]>> = { reverb, delay };
