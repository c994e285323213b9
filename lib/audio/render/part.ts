import { MASTER, type Mix, type Strip, type StripId, soloGates } from '../../mix';
import type { MixPart } from '../types';

/** A master that changes nothing. */
const PLAIN_MASTER = { 'limiter.on': 0 } as const;

const withoutSafe = (strip: Strip): Strip => ({ ...strip, values: { ...strip.values, 'solo.safe': 0 } });

/**
 * The mix in which `part.strip` is all there is to solo: other strips' solo-safety is gone, strips that have nothing to do
 * with it are left out. Rendered with that strip soloed, with or without its effects, it gives the part.
 */
export function mixOfPart(mix: Mix, { strip, effects, master }: MixPart): Mix {
  const strips = new Map([...mix.strips].map(([id, one]) => [id, withoutSafe(one)]));
  const alone: Mix = { ...mix, strips };
  const gates = soloGates(alone, new Set([strip]), { effects });
  const heard = (id: StripId) => id === MASTER || gates.open.has(id) || gates.sendsOnly.has(id);
  const keys = new Set([...mix.strips.values()].filter(({ id }) => heard(id)).map(({ key }) => key));
  // What a compressor listens to is needed, though it is not heard; a VCA has no sound, but sets levels.
  const wanted = (id: StripId) => heard(id) || keys.has(id) || mix.strips.get(id)?.kind === 'vca';
  const bus = strips.get(MASTER);
  if (bus && !master) strips.set(MASTER, { ...bus, values: PLAIN_MASTER });
  return {
    ...alone,
    strips: new Map([...strips].filter(([id]) => wanted(id))),
    sends: new Map([...mix.sends].filter(([, send]) => wanted(send.from) && wanted(send.to))),
    inserts: new Map([...mix.inserts].filter(([, insert]) => wanted(insert.strip) && (master || insert.strip !== MASTER))),
  };
}
