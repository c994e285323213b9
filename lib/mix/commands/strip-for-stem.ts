import { generateKeyBetween } from 'fractional-indexing';
import { MASTER, type Mix, type Strip } from '../model/mix';
import type { Change } from './change';

interface Family {
  readonly words: RegExp;
  /** Index into the strip colours. */
  readonly color: number;
}

/**
 * The families of a band in the order of a desk: kick and drums first, vocals last. A name belongs to the first family that one of
 * its words names, looked for in the order of `SEARCHED`.
 */
const FAMILIES = {
  kick: { words: /\b(kick|kik|bd|bass ?drum|kd)\b/, color: 0 },
  snare: { words: /\b(snare|snr|sd|clap|claps|rim|rimshot|side ?stick)\b/, color: 0 },
  cymbals: { words: /\b(hi ?hats?|hats?|hh|cymbals?|ride|crash|overheads?|oh|ohs)\b/, color: 1 },
  toms: { words: /\b(toms?|floor tom)\b/, color: 1 },
  percussion: { words: /\b(perc|percussion|shakers?|tamb|tambourine|conga|congas|bongos?|cowbell|cajon)\b/, color: 2 },
  drums: { words: /\b(drums?|drum ?kit|kit|room|rooms|loop|beat|breaks?)\b/, color: 1 },
  bass: { words: /\b(bass|sub|808|e ?bass|upright)\b/, color: 3 },
  guitar: { words: /\b(guitars?|gtr|gtrs|git|acoustic|banjo|mandolin|ukulele|uke)\b/, color: 4 },
  keys: { words: /\b(keys|piano|pno|e ?piano|ep|rhodes|wurli|wurlitzer|organ|clav|harpsichord|celesta)\b/, color: 5 },
  synth: { words: /\b(synths?|pads?|arp|pluck|saw)\b/, color: 6 },
  strings: { words: /\b(strings?|violins?|violas?|cello|celli|orchestra|harp)\b/, color: 7 },
  winds: { words: /\b(horns?|brass|trumpets?|trombones?|sax|saxophone|flutes?|clarinet|oboe|woodwinds?)\b/, color: 8 },
  other: { words: /$^/, color: 9 },
  effects: { words: /\b(fx|sfx|effects?|riser|impact|noise|atmos?|ambience|foley)\b/, color: 9 },
  backing: { words: /\b(bgv|bgvs|bvs?|bv|backing|backings|choir|harmon(y|ies)|chorus|gang|ooh|aah|oohs|aahs)\b/, color: 10 },
  vocals: { words: /\b(vox|vocals?|voc|voice|lead|ld|singer|rap|adlibs?)\b/, color: 11 },
} as const satisfies Readonly<Record<string, Family>>;

/** What an instrument is, by the words of its name. */
export type FamilyName = keyof typeof FAMILIES;
const DESK_ORDER = Object.keys(FAMILIES) as FamilyName[];
/** What a word means depends on others: "bass drum" is a kick, "backing vocals" no lead, "synth lead" no voice. */
const SEARCHED: readonly FamilyName[] = [
  'kick',
  'snare',
  'cymbals',
  'toms',
  'percussion',
  'drums',
  'backing',
  'guitar',
  'keys',
  'synth',
  'strings',
  'winds',
  'bass',
  'effects',
  'vocals',
];

/** The family of a strip by its name; `other` where no word says. */
export function familyOf(name: string): FamilyName {
  const words = name.toLowerCase();
  return SEARCHED.find((family) => FAMILIES[family].words.test(words)) ?? 'other';
}

const NAME_LENGTH = 80;

/** A strip's name from a file's: `01_Snare-Top.flac` becomes `Snare Top`. */
export function stripNameFor(filename: string): string {
  const bare = filename.replace(/^.*[\\/]/, '').replace(/\.[A-Za-z0-9]{1,5}$/, '');
  const spaced = bare
    .replace(/[\p{Cc}_]+/gu, ' ')
    .replace(/([\p{L}\d])-(?=[\p{L}\d])/gu, '$1 ')
    .replace(/\s+/g, ' ')
    .trim();
  const unnumbered = spaced.replace(/^\d{1,3}\s*[.)\-–]?\s+(?=\S)/u, '').trim();
  const named = unnumbered === '' ? 'Stem' : unnumbered;
  const cased = named === named.toLowerCase() ? named.replace(/(^|\s)\p{Ll}/gu, (first) => first.toUpperCase()) : named;
  return cased.slice(0, NAME_LENGTH);
}

/** The order key of a new strip: behind the last stem that belongs before it, so that what people have moved stays where it is. */
function placeFor(mix: Mix, family: FamilyName): string {
  const strips = [...mix.strips.values()].filter(({ kind }) => kind !== 'master');
  const rank = DESK_ORDER.indexOf(family);
  const earlier = ({ kind, name }: Strip) => kind === 'stem' && DESK_ORDER.indexOf(familyOf(name)) <= rank;
  const left = strips.findLast(earlier)?.order ?? null;
  // Two people who add at the same moment make equal keys; between those there is no room, but behind them.
  const right = strips.find(({ order }) => left === null || order > left)?.order ?? null;
  return generateKeyBetween(left, right);
}

/**
 * The strip for a stem that has just come: named after its file, coloured by what it seems to be, placed as on a desk. Nothing
 * where a strip plays it already. The strip has the stem's id, so that two who add it at once add one.
 */
export function stripForStem(mix: Mix, stem: { readonly id: string; readonly filename: string }): Change[] {
  if ([...mix.strips.values()].some((strip) => strip.stem === stem.id)) return [];
  const name = stripNameFor(stem.filename);
  const family = familyOf(name);
  const fields = { kind: 'stem', name, color: FAMILIES[family].color, order: placeFor(mix, family), stem: stem.id, output: MASTER };
  return [{ do: 'put', map: 'strips', id: stem.id, fields }];
}
