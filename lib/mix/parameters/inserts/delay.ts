import { choice, continuous, toggle } from '../build';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

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

export const delay: ParameterRow[] = [
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
  toggle({ owner, id: 'link', label: 'Both sides alike', short: 'Link', help: 'Off: the right side has a time of its own.' }, 1),
  choice(
    { owner, id: 'note.right', label: 'Note on the right', short: 'NoteR', help: 'The length of an echo of the right side in notes.' },
    DELAY_NOTES.map((note) => note.name),
    4,
  ),
  continuous(
    {
      owner,
      id: 'time.right',
      label: 'Time on the right',
      short: 'TimeR',
      help: 'The length of an echo of the right side, not following the tempo.',
    },
    'ms',
    { min: 1, max: 2000, default: 250, law: 'log', smoothing: 80 },
  ),
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
  continuous(
    {
      owner,
      id: 'wow',
      label: 'Tape',
      short: 'Tape',
      help: 'Lets the echoes waver in pitch as an old tape machine does: slowly, with a little flutter.',
    },
    '%',
    { min: 0, max: 100, default: 0 },
  ),
  continuous(
    {
      owner,
      id: 'duck',
      label: 'Ducking',
      short: 'Duck',
      help: 'How far the echoes step back while something plays, to come up in the gaps.',
    },
    'dB',
    { min: 0, max: 24, default: 0 },
  ),
  toggle({ owner, id: 'pingpong', label: 'Ping-pong', short: 'Ping', help: 'Echoes go from side to side.' }, 1),
];
