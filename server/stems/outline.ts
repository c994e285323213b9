import { z } from 'zod';
import type { StemsTable } from '../sql/database';

export interface SessionOutline {
  readonly seconds: number;
  /** Up to 96 numbers from 0 to 1. */
  readonly wave: readonly number[];
}

const POINTS = 96;
const waveSchema = z.array(z.number());

function waveOf(row: StemsTable): readonly number[] {
  return row.wave === null ? [] : waveSchema.parse(JSON.parse(row.wave));
}

/** The song as a small picture: at each point the highest of its stems, each over its own length, the highest of all as 1. */
export function outlineOf(stems: readonly StemsTable[], sampleRate: number): SessionOutline {
  const frames = Math.max(0, ...stems.map((row) => row.frames ?? 0));
  if (frames === 0) return { seconds: 0, wave: [] };
  const wave = new Array<number>(POINTS).fill(0);
  for (const row of stems) {
    const points = waveOf(row);
    const share = (row.frames ?? 0) / frames;
    for (let i = 0; i < POINTS * share; i++) {
      const level = points[Math.min(points.length - 1, Math.floor((i / (POINTS * share)) * points.length))] ?? 0;
      wave[i] = Math.max(wave[i] ?? 0, level);
    }
  }
  const highest = Math.max(...wave);
  return { seconds: frames / sampleRate, wave: highest === 0 ? wave : wave.map((level) => Math.round((level / highest) * 1000) / 1000) };
}
