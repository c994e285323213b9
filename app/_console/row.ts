'use client';

import { MASTER, type Mix, type Strip } from '../../lib/mix';
import { useMix } from '../_session';

const KINDS = ['stem', 'group', 'aux', 'vca'] as const;

export const sameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((one, index) => one === b[index]);

/** Stems first, then groups, effect returns and VCAs; each in the mix's order. The master stands apart. */
export function stripsInRow(mix: Mix): readonly Strip[] {
  return KINDS.flatMap((kind) => [...mix.strips.values()].filter((strip) => strip.kind === kind));
}

export function useStripsInRow(): readonly Strip[] {
  return useMix(stripsInRow, sameList);
}

export function useMaster(): Strip | undefined {
  return useMix((mix) => mix.strips.get(MASTER));
}

export function useAuxes(): readonly Strip[] {
  return useMix((mix) => [...mix.strips.values()].filter((strip) => strip.kind === 'aux'), sameList);
}
