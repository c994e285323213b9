'use client';

import { useEffect, useState } from 'react';
import { api } from '../../lib/client';
import { decodePeaks } from '../../lib/media';
import type { Stem } from '../../lib/protocol';
import { SAMPLE_RATE } from '../../lib/units';
import { useSession, useStore } from '../_session';
import { type Wave, waveOf } from './wave';

const FULL_SCALE = 32_767;
const NONE: ReadonlyMap<string, Wave> = new Map();

/** The outline of a stem that is ready. Rejects when it cannot be fetched or read. */
async function fetchWave(manifestUrl: string): Promise<Wave> {
  const { peaksUrl } = await api.manifest(manifestUrl);
  const response = await fetch(peaksUrl);
  if (!response.ok) throw new Error(`Peaks refused with ${response.status}`);
  const peaks = decodePeaks(new Uint8Array(await response.arrayBuffer()));
  const finest = peaks?.zooms[0];
  if (!peaks || !finest) throw new Error('Peaks could not be read');
  const magnitudes = new Float32Array(finest.pairs);
  for (let i = 0; i < finest.pairs; i++) {
    const highest = Math.max(Math.abs(finest.values[2 * i] ?? 0), Math.abs(finest.values[2 * i + 1] ?? 0));
    magnitudes[i] = (highest / FULL_SCALE) * peaks.scale;
  }
  return waveOf(magnitudes, SAMPLE_RATE / finest.framesPerPair);
}

/**
 * The outlines of all stems that are ready, by stem id; each comes as soon as it is there. One that cannot be fetched stays
 * a flat line until the list of stems changes, which asks for it again.
 */
export function useSongWaves(): ReadonlyMap<string, Wave> {
  const stems: readonly Stem[] = useStore(useSession().stems.list);
  const [waves, setWaves] = useState(NONE);
  const [asked] = useState(() => new Set<string>());
  useEffect(() => {
    for (const { id, manifestUrl } of stems) {
      if (manifestUrl === null || asked.has(id)) continue;
      asked.add(id);
      fetchWave(manifestUrl).then(
        (wave) => setWaves((before) => new Map(before).set(id, wave)),
        () => asked.delete(id),
      );
    }
  }, [stems, asked]);
  return waves;
}
