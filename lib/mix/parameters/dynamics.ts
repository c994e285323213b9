import { choice, continuous } from './build';
import type { Owner, ParameterRow } from './row';

/** Who has a processor, and what its ids and labels begin with: `comp.` and `Compressor ` on a strip, nothing on an insert. */
export interface Naming {
  readonly owner: Owner;
  readonly id: string;
  readonly label: string;
}

/** A ratio of this is endless: what lies over the threshold stays on it. */
export const ENDLESS_RATIO = 100;
/** Side-chain filters at these frequencies (Hz) are out of the way. */
const KEY_FILTER_OUT = { highPass: 20, lowPass: 20_000 } as const;

type Described = Pick<ParameterRow, 'id' | 'label' | 'short' | 'help'>;

const named = ({ owner, id, label }: Naming, words: Described) => {
  const full = `${label}${words.label}`;
  return { ...words, owner, id: `${id}${words.id}`, label: full.charAt(0).toUpperCase() + full.slice(1) };
};

/** What every detector can do to what it listens to; the desk counts on their order. */
const key = (naming: Naming): ParameterRow[] => [
  continuous(
    named(naming, {
      id: 'lookahead',
      label: 'look-ahead',
      short: 'Look',
      help: 'How far it sees ahead, so that it is there before the hit. The whole mix is delayed alike, so nothing comes apart; for that it has no automation.',
    }),
    'ms',
    { min: 0, max: 5, default: 0, smoothing: 0, fixed: true },
  ),
  continuous(
    named(naming, {
      id: 'sc.hpf',
      label: 'side-chain high-pass',
      short: 'SC HP',
      help: 'It does not hear what lies below, so that lows do not set it off. At 20 Hz the filter is out.',
    }),
    'Hz',
    { min: KEY_FILTER_OUT.highPass, max: 2000, default: KEY_FILTER_OUT.highPass, law: 'log', smoothing: 20 },
  ),
  continuous(
    named(naming, {
      id: 'sc.lpf',
      label: 'side-chain low-pass',
      short: 'SC LP',
      help: 'It does not hear what lies above, so that cymbals and sibilants do not set it off. At 20 kHz the filter is out.',
    }),
    'Hz',
    { min: 200, max: KEY_FILTER_OUT.lowPass, default: KEY_FILTER_OUT.lowPass, law: 'log', smoothing: 20 },
  ),
];

/** A gate's parameters, without its switch; the desk counts on their order. */
export const gateRows = (naming: Naming): ParameterRow[] => [
  continuous(named(naming, { id: 'threshold', label: 'threshold', short: 'Thr', help: 'The level below which the gate closes.' }), 'dB', {
    min: -80,
    max: 0,
    default: -50,
  }),
  continuous(
    named(naming, {
      id: 'ratio',
      label: 'ratio',
      short: 'Ratio',
      help: 'At 2:1 every decibel below the threshold becomes two: an expander. At ∞:1 it opens and closes: a gate.',
    }),
    'ratio',
    { min: 1, max: ENDLESS_RATIO, default: ENDLESS_RATIO, law: 'log' },
  ),
  continuous(named(naming, { id: 'range', label: 'range', short: 'Range', help: 'How far it turns down when closed.' }), 'dB', {
    min: -80,
    max: 0,
    default: -40,
  }),
  continuous(
    named(naming, {
      id: 'hysteresis',
      label: 'hysteresis',
      short: 'Hyst',
      help: 'How far below the threshold the level must fall before it closes again, so that it does not flutter.',
    }),
    'dB',
    { min: 0, max: 24, default: 4 },
  ),
  continuous(named(naming, { id: 'attack', label: 'attack', short: 'Att', help: 'How quickly it opens.' }), 'ms', {
    min: 0.1,
    max: 100,
    default: 1,
    law: 'log',
  }),
  continuous(
    named(naming, { id: 'hold', label: 'hold', short: 'Hold', help: 'How long it stays open after the level has fallen.' }),
    'ms',
    {
      min: 0,
      max: 2000,
      default: 50,
    },
  ),
  continuous(named(naming, { id: 'release', label: 'release', short: 'Rel', help: 'How slowly it closes.' }), 'ms', {
    min: 5,
    max: 4000,
    default: 150,
    law: 'log',
  }),
  ...key(naming),
];

/** A compressor's parameters, without its switch and its mix; the desk counts on their order. */
export const compressorRows = (naming: Naming): ParameterRow[] => [
  choice(
    named(naming, {
      id: 'detector',
      label: 'detector',
      short: 'Det',
      help: 'Peak reacts to every spike; RMS to loudness over the length of its window.',
    }),
    ['Peak', 'RMS'],
    0,
  ),
  continuous(named(naming, { id: 'threshold', label: 'threshold', short: 'Thr', help: 'The level above which it turns down.' }), 'dB', {
    min: -60,
    max: 0,
    default: -18,
  }),
  continuous(
    named(naming, {
      id: 'ratio',
      label: 'ratio',
      short: 'Ratio',
      help: 'At 4:1 four decibels over the threshold become one; at ∞:1 nothing gets over it.',
    }),
    'ratio',
    { min: 1, max: ENDLESS_RATIO, default: 3, law: 'log' },
  ),
  continuous(named(naming, { id: 'knee', label: 'knee', short: 'Knee', help: 'How gently it begins around the threshold.' }), 'dB', {
    min: 0,
    max: 24,
    default: 6,
  }),
  continuous(
    named(naming, { id: 'attack', label: 'attack', short: 'Att', help: 'How quickly it turns down. Slow lets the hit through.' }),
    'ms',
    { min: 0.1, max: 200, default: 10, law: 'log' },
  ),
  continuous(named(naming, { id: 'release', label: 'release', short: 'Rel', help: 'How quickly it comes back.' }), 'ms', {
    min: 5,
    max: 4000,
    default: 120,
    law: 'log',
  }),
  continuous(
    named(naming, { id: 'makeup', label: 'make-up', short: 'Makeup', help: 'Gain after compression, to bring the level back.' }),
    'dB',
    { min: -12, max: 24, default: 0 },
  ),
  continuous(
    named(naming, {
      id: 'window',
      label: 'RMS window',
      short: 'RMS',
      help: 'Over how long an RMS detector takes the mean of the loudness.',
    }),
    'ms',
    { min: 1, max: 300, default: 10, law: 'log', smoothing: 20 },
  ),
  ...key(naming),
];
