import { choice, continuous, toggle } from '../build';
import type { ParameterRow } from '../row';
import { owner } from './shared';

/** Lengths of one cycle in step with the tempo, in quarter notes, in the order of the choice's index. */
export const LFO_NOTES = [
  { name: '1/16', quarters: 1 / 4 },
  { name: '1/8 triplet', quarters: 1 / 3 },
  { name: '1/8', quarters: 1 / 2 },
  { name: '1/4 triplet', quarters: 2 / 3 },
  { name: '1/8 dotted', quarters: 3 / 4 },
  { name: '1/4', quarters: 1 },
  { name: '1/4 dotted', quarters: 3 / 2 },
  { name: '1/2', quarters: 2 },
  { name: '1/1', quarters: 4 },
  { name: '2/1', quarters: 8 },
  { name: '4/1', quarters: 16 },
] as const;

/** What makes an effect sway: in step with the tempo, or at its own rate. `note` is an index of `LFO_NOTES`. */
export const sway = (rest: { readonly sync: 0 | 1; readonly note: number; readonly hertz: number }): ParameterRow[] => [
  toggle(
    { owner, id: 'sync', label: 'Sync to tempo', short: 'Sync', help: 'Takes the rate from the tempo and the note length.' },
    rest.sync,
  ),
  choice(
    { owner, id: 'note', label: 'Note', short: 'Note', help: 'The length of one sway in notes, counted from the beginning of the song.' },
    LFO_NOTES.map((note) => note.name),
    rest.note,
  ),
  continuous({ owner, id: 'rate', label: 'Rate', short: 'Rate', help: 'How often it sways when it does not follow the tempo.' }, 'Hz', {
    min: 0.02,
    max: 20,
    default: rest.hertz,
    law: 'log',
    smoothing: 30,
  }),
];

const PERCENT = { min: 0, max: 100 } as const;

/** A percentage of 0 to 100. */
export const percent = (words: Pick<ParameterRow, 'id' | 'label' | 'short' | 'help'>, rest: number): ParameterRow =>
  continuous({ owner, ...words }, '%', { ...PERCENT, default: rest, smoothing: 20 });

/** Round and round: what comes out goes in again, either way up. */
export const feedback = (rest: number): ParameterRow =>
  continuous(
    {
      owner,
      id: 'feedback',
      label: 'Feedback',
      short: 'Feedb',
      help: 'How much of the effect goes through it again: sharper and more vocal. Below zero it goes in upside down.',
    },
    '%',
    { min: -95, max: 95, default: rest },
  );
