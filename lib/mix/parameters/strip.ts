import { choice, continuous, toggle } from './build';
import { compressorRows, gateRows } from './dynamics';
import { bandRows } from './equaliser';
import type { ParameterRow } from './row';
import { SATURATION_ROWS } from './saturation';

/** Filter slopes in dB per octave, in the order of the choice's index. Butterworth at each. */
export const SLOPES = [6, 12, 18, 24, 36, 48] as const;
const SLOPE_NAMES = SLOPES.map((slope) => `${slope} dB/oct`);

/** In the order of the choice's index; the desk knows them by it. */
const PAN_LAWS = ['−3 dB', '−4.5 dB', '−6 dB', '0 dB'] as const;
const PAN_MODES = ['Balance', 'Dual pan'] as const;

const input: ParameterRow[] = [
  continuous(
    {
      id: 'trim',
      label: 'Trim',
      short: 'Trim',
      help: 'Gain at the very top of the strip, before everything else. Set it so that the loudest part sits well below clipping.',
    },
    'dB',
    { min: -24, max: 24, default: 0 },
  ),
  toggle({
    id: 'polarity',
    label: 'Polarity',
    short: 'Ø',
    help: 'Turns the wave upside down. Two microphones on one source can cancel each other; flipping one brings the body back.',
  }),
  toggle({
    id: 'delay.on',
    label: 'Strip delay',
    short: 'Delay',
    help: 'Lets the whole strip come later, on purpose: to line up a microphone that stood closer, or to push a part behind the beat.',
  }),
  continuous(
    {
      id: 'delay.time',
      label: 'Strip delay time',
      short: 'Delay',
      help: 'How much later the strip comes, to the sample; typed in ms or as "480 samples".',
    },
    'ms',
    { min: 0, max: 500, default: 0, grain: 1 / 48 },
  ),
];

const filters: ParameterRow[] = [
  toggle({
    id: 'hpf.on',
    label: 'High-pass',
    short: 'HP',
    help: 'Removes what lies below the frequency: rumble, handling noise, low build-up.',
  }),
  continuous({ id: 'hpf.freq', label: 'High-pass frequency', short: 'HP', help: 'Where the high-pass begins to cut (−3 dB).' }, 'Hz', {
    min: 20,
    max: 2000,
    default: 80,
    law: 'log',
    smoothing: 20,
  }),
  choice({ id: 'hpf.slope', label: 'High-pass slope', short: 'Slope', help: 'How steeply it falls below the frequency.' }, SLOPE_NAMES, 1),
  toggle({ id: 'lpf.on', label: 'Low-pass', short: 'LP', help: 'Removes what lies above the frequency: hiss, fizz, spill of cymbals.' }),
  continuous({ id: 'lpf.freq', label: 'Low-pass frequency', short: 'LP', help: 'Where the low-pass begins to cut (−3 dB).' }, 'Hz', {
    min: 200,
    max: 20_000,
    default: 16_000,
    law: 'log',
    smoothing: 20,
  }),
  choice({ id: 'lpf.slope', label: 'Low-pass slope', short: 'Slope', help: 'How steeply it falls above the frequency.' }, SLOPE_NAMES, 1),
];

const eq: ParameterRow[] = [
  toggle({ id: 'eq.on', label: 'EQ', short: 'EQ', help: 'Switches the whole equaliser, to compare with and without.' }, 1),
  ...bandRows('strip'),
];

const gate: ParameterRow[] = [
  toggle({
    id: 'gate.on',
    label: 'Gate',
    short: 'Gate',
    help: 'Turns the strip down while it is quieter than the threshold: less hum, hiss and spill in the pauses.',
  }),
  ...gateRows({ owner: 'strip', id: 'gate.', label: 'Gate ' }),
];

const comp: ParameterRow[] = [
  toggle({
    id: 'comp.on',
    label: 'Compressor',
    short: 'Comp',
    help: 'Turns loud moments down, so that the whole can be turned up: a steadier performance.',
  }),
  ...compressorRows({ owner: 'strip', id: 'comp.', label: 'Compressor ' }),
  continuous(
    { id: 'comp.mix', label: 'Compressor mix', short: 'Mix', help: 'How much of the compressed sound; the rest is the sound before it.' },
    '%',
    { min: 0, max: 100, default: 100 },
  ),
];

const output: ParameterRow[] = [
  continuous(
    {
      id: 'pan',
      label: 'Pan',
      short: 'Pan',
      help: 'Where the strip sits between left and right. On a stereo strip: the balance of its sides.',
    },
    'pan',
    { min: -100, max: 100, default: 0 },
  ),
  choice(
    {
      id: 'pan.law',
      label: 'Pan law',
      short: 'Law',
      help: 'How the level follows the pan. The middle always stays as it is; −3 dB keeps the power on the way to a side, −6 dB the sum of both sides, 0 dB only turns the other side down.',
    },
    PAN_LAWS,
  ),
  choice(
    {
      id: 'pan.mode',
      label: 'Stereo pan',
      short: 'Stereo',
      help: 'How a stereo strip is placed: balance turns one side down; dual pan puts each side where you want it.',
    },
    PAN_MODES,
  ),
  continuous(
    { id: 'pan.left', label: 'Pan of the left side', short: 'Pan L', help: 'Where the left side of a stereo strip sits.' },
    'pan',
    {
      min: -100,
      max: 100,
      default: -100,
    },
  ),
  continuous(
    { id: 'pan.right', label: 'Pan of the right side', short: 'Pan R', help: 'Where the right side of a stereo strip sits.' },
    'pan',
    {
      min: -100,
      max: 100,
      default: 100,
    },
  ),
  continuous(
    { id: 'width', label: 'Width', short: 'Width', help: 'How far apart the two sides are: 0 is mono, 100 as recorded, 200 wider.' },
    '%',
    { min: 0, max: 200, default: 100 },
  ),
  toggle({ id: 'mute', label: 'Mute', short: 'M', help: 'Silences the strip for everybody.' }),
  toggle({ id: 'solo.safe', label: 'Solo-safe', short: 'Safe', help: 'This strip is heard even while others are soloed.' }),
  continuous({ id: 'fader', label: 'Fader', short: 'Fader', help: 'The level of the strip in the mix.' }, 'dB', {
    min: -120,
    max: 10,
    default: 0,
    law: 'fader',
  }),
];

const limiter: ParameterRow[] = [
  toggle(
    { id: 'limiter.on', label: 'Limiter', short: 'Lim', help: 'Keeps the true peaks of the mix below the ceiling.', kinds: ['master'] },
    1,
  ),
  continuous(
    {
      id: 'limiter.gain',
      label: 'Limiter gain',
      short: 'Gain',
      help: 'Drives the mix into the limiter: louder, with less of its dynamics.',
      kinds: ['master'],
    },
    'dB',
    { min: 0, max: 24, default: 0 },
  ),
  continuous(
    {
      id: 'limiter.ceiling',
      label: 'Limiter ceiling',
      short: 'Ceil',
      help: 'The highest true peak that leaves the desk.',
      kinds: ['master'],
    },
    'dB',
    { min: -12, max: 0, default: -1 },
  ),
  continuous(
    { id: 'limiter.release', label: 'Limiter release', short: 'Rel', help: 'How quickly it comes back after a peak.', kinds: ['master'] },
    'ms',
    { min: 10, max: 1000, default: 100, law: 'log' },
  ),
];

/** All that a VCA has of them. */
export const VCA_PARAMETERS: ReadonlySet<string> = new Set(['mute', 'fader']);

/** Every parameter of a strip, in the order of the signal. */
export const STRIP_ROWS: readonly ParameterRow[] = [
  ...input,
  ...filters,
  ...gate,
  ...eq,
  ...comp,
  ...SATURATION_ROWS,
  ...output,
  ...limiter,
];
