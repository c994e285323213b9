import type { Mix, Strip, StripId } from './mix';

const PREFIX = 'vca.';

/**
 * The field of a strip's record that assigns it to a VCA: one for each VCA, so that two people who assign the same strip
 * to two VCAs at once both get what they wanted.
 */
export function vcaField(vca: StripId): string {
  return PREFIX + vca;
}

/** The id of the VCA that a strip's field assigns to; null for any other field. */
export function vcaOfField(field: string): string | null {
  return field.startsWith(PREFIX) ? field.slice(PREFIX.length) : null;
}

/** Whether strips of its kind follow VCAs: all that sound, but the master; no VCA follows another. */
export function followsVcas(strip: Pick<Strip, 'kind'>): boolean {
  return strip.kind !== 'vca' && strip.kind !== 'master';
}

/** The strips that sound of some: a VCA is all that is assigned to it; one that is gone from the mix is left out. */
export function soundOf(mix: Mix, strips: ReadonlySet<StripId>): readonly StripId[] {
  const sounding = [...strips].flatMap((id) => (mix.strips.get(id)?.kind === 'vca' ? vcaMembers(mix, id) : mix.strips.has(id) ? [id] : []));
  return [...new Set(sounding)];
}

/** The strips assigned to a VCA, in the mix's order. */
export function vcaMembers(mix: Mix, vca: StripId): readonly StripId[] {
  return [...mix.strips.values()].filter((strip) => strip.vcas.includes(vca)).map(({ id }) => id);
}
