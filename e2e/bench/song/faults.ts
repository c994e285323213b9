import { bandPower, bandShare, correlation, cut, less, loudest, monoLoss, playedLevel, power, type Sound, spread, sum } from './measures';
import { STEMS, type StemName, startOfBar } from './mended-mix';
import type { Rendered } from './render-song';

/** One thing measured before and after mending. `wanted` is how much it must change at least: up (more than 0) or down. */
interface Fault {
  readonly what: string;
  readonly unit: string;
  readonly wanted: number;
  measure(song: Rendered): number;
}

/** One thing of the mended mix itself, and what it must keep within. */
interface Bound {
  readonly what: string;
  readonly unit: string;
  readonly from: number;
  readonly until: number;
  measure(song: Rendered): number;
}

type Band = readonly [number, number];
const WHOLE: Band = [20, 20_000];
const MUD: Band = [200, 500];
const ABOVE_MUD: Band = [500, 8000];
const RING: Band = [6500, 8000];
const CYMBALS: Band = [3000, 16_000];
const BODY: Band = [150, 500];
/** What stands for no effect at all, dB. */
const NO_EFFECT = -60;

function stripOf({ dry }: Rendered, name: StemName): Sound {
  const found = dry.get(name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
}

/** Mean power of a strip in dB against that of all strips together. */
function shareOf(song: Rendered, name: StemName): number {
  const all = STEMS.reduce((total, one) => total + 10 ** (power(stripOf(song, one)) / 10), 0);
  return power(stripOf(song, name)) - 10 * Math.log10(all);
}

const mudOf = (song: Rendered, name: StemName) => bandShare(stripOf(song, name), MUD, ABOVE_MUD);

/** What the two microphones of the snare give together in its body, in dB against the one above alone. */
function snareBody(song: Rendered): number {
  const top = stripOf(song, '02_Snare_Top');
  return bandPower(sum(top, stripOf(song, '03_Snare_Bottom')), BODY) - bandPower(top, BODY);
}

function leadBetween(song: Rendered, from: number, until: number): number {
  return playedLevel(cut(stripOf(song, '10_Lead'), startOfBar(from), startOfBar(until)));
}

function leadEffects(song: Rendered): number {
  const dry = stripOf(song, '10_Lead');
  return Math.max(NO_EFFECT, power(less(song.wetLead, dry)) - power(dry));
}

function riser(song: Rendered): number {
  const between = (from: number, until: number) => loudest(cut(stripOf(song, '12_FX'), startOfBar(from), startOfBar(until)));
  return between(15, 17) - between(17, 35);
}

/** Every fault planted in the stems, measured where it lies. */
export const FAULTS: readonly Fault[] = [
  { what: 'mud, 200–500 Hz of the whole mix', unit: 'dB', wanted: -3, measure: (song) => bandShare(song.mix, MUD, WHOLE) },
  { what: 'kick against all strips', unit: 'dB', wanted: 10, measure: (song) => shareOf(song, '01_Kick') },
  {
    what: 'snare, correlation of top and bottom',
    unit: '',
    wanted: 0.8,
    measure: (song) => correlation(stripOf(song, '02_Snare_Top'), stripOf(song, '03_Snare_Bottom')),
  },
  { what: 'snare, 150–500 Hz of both against top', unit: 'dB', wanted: 4, measure: snareBody },
  {
    what: 'hats, ring of 6.5–8 kHz in 3–16 kHz',
    unit: 'dB',
    wanted: -4,
    measure: (song) => bandShare(stripOf(song, '04_Hats_Cymbals'), RING, CYMBALS),
  },
  {
    what: 'hats against snare',
    unit: 'dB',
    wanted: -6,
    measure: (song) => power(stripOf(song, '04_Hats_Cymbals')) - power(stripOf(song, '02_Snare_Top')),
  },
  { what: 'bass, loud to soft notes', unit: 'dB', wanted: -3, measure: (song) => spread(stripOf(song, '06_Bass'), 0.1, 20) },
  { what: 'bass, mud', unit: 'dB', wanted: -3, measure: (song) => mudOf(song, '06_Bass') },
  { what: 'electric piano, mud', unit: 'dB', wanted: -3, measure: (song) => mudOf(song, '07_EPiano') },
  { what: 'guitar, notes over hum and hiss', unit: 'dB', wanted: 6, measure: (song) => spread(stripOf(song, '08_Guitar'), 0.1, 200) },
  { what: 'pad against all strips', unit: 'dB', wanted: -4, measure: (song) => shareOf(song, '09_Pad') },
  { what: 'pad, mud', unit: 'dB', wanted: -3, measure: (song) => mudOf(song, '09_Pad') },
  { what: 'lead, chorus against verse', unit: 'dB', wanted: 4, measure: (song) => leadBetween(song, 17, 25) - leadBetween(song, 5, 13) },
  { what: 'lead, room and echo against dry', unit: 'dB', wanted: 30, measure: leadEffects },
  { what: 'choir against all strips', unit: 'dB', wanted: 4, measure: (song) => shareOf(song, '11_Choir') },
  { what: 'riser against the other effects', unit: 'dB', wanted: -6, measure: riser },
];

/** What a mended mix must not have given away for it. */
export const BOUNDS: readonly Bound[] = [
  { what: 'integrated loudness', unit: 'LUFS', from: -14.5, until: -13.5, measure: ({ mix }) => mix.levels.integrated },
  { what: 'true peak', unit: 'dBTP', from: -3, until: -1, measure: ({ mix }) => mix.levels.truePeak },
  { what: 'loudness range', unit: 'LU', from: 5, until: 10, measure: ({ mix }) => mix.levels.range },
  { what: 'what is left in mono', unit: 'dB', from: -3, until: 0, measure: ({ mix }) => monoLoss(mix) },
];
