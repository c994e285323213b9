import { MASTER, type Mix, type Strip, type StripId } from '../../mix';

/** Parameters of a strip that come after all that shapes its sound: levels and places, which the check reckons with by itself. */
const BESIDE = new Set(['fader', 'mute', 'solo.safe', 'pan', 'pan.law', 'pan.mode', 'pan.left', 'pan.right']);

const ofSound = ([parameter]: readonly [string, unknown]) => !BESIDE.has(parameter);

interface Shaping {
  readonly values: readonly (readonly [string, number])[];
  readonly inserts: readonly unknown[];
  readonly lanes: readonly unknown[];
  readonly key: Shaping | null;
}

function shapingOf(mix: Mix, strip: Strip, keyed = true): Shaping {
  const inserts = [...mix.inserts.values()].filter((insert) => insert.strip === strip.id).sort((a, b) => (a.order < b.order ? -1 : 1));
  const own = new Set([`strip/${strip.id}`, ...inserts.map(({ id }) => `insert/${id}`)]);
  const lanes = [...mix.automation].filter(([key, { read }]) => {
    const [on, id, parameter] = key.split('/');
    return read && own.has(`${on}/${id}`) && !(on === 'strip' && BESIDE.has(parameter ?? ''));
  });
  const key = keyed && strip.key !== undefined ? mix.strips.get(strip.key) : undefined;
  return {
    values: Object.entries(strip.values).filter(ofSound).sort(),
    inserts: inserts.map(({ type, values }) => [type, values]),
    lanes,
    key: key ? shapingOf(mix, key, false) : null,
  };
}

/** All that shapes a strip's sound before its fader, as a text that is the same while it is; null where nothing does. */
export function processingOf(mix: Mix, strip: Strip): string | null {
  const shaping = shapingOf(mix, strip);
  if (shaping.values.length + shaping.inserts.length + shaping.lanes.length === 0) return null;
  // What sways with the song's tempo sounds otherwise at another.
  return JSON.stringify([shaping, mix.settings.tempo, mix.settings.metre]);
}

/** A mix in which a strip goes to the master as it leaves its processing: fader at 0 dB, in the middle, past groups and VCAs. */
export function plainMix(mix: Mix, id: StripId): Mix {
  const strip = mix.strips.get(id);
  if (!strip) return mix;
  const values = Object.fromEntries(Object.entries(strip.values).filter(ofSound));
  const plain: Strip = { ...strip, values, vcas: [], output: MASTER };
  const isBeside = (key: string) => {
    const [on, of, parameter] = key.split('/');
    return on === 'strip' && of === id && BESIDE.has(parameter ?? '');
  };
  const automation = new Map([...mix.automation].filter(([key]) => !isBeside(key)));
  return { ...mix, automation, strips: new Map([...mix.strips].map(([one, other]) => [one, one === id ? plain : other])) };
}
