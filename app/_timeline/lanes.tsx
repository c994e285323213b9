'use client';

import { useEffect, useRef } from 'react';
import type { Strip } from '../../lib/mix';
import { useMix, useSession, useStore } from '../_session';
import { stripColor } from '../palette';
import { fittingGain, paintGrid, paintWave, penFor } from './paint';
import { useTimeline } from './use-view';
import type { Wave } from './wave';

const LANE_HEIGHT = 24;

const sameStrips = (a: readonly Strip[], b: readonly Strip[]) =>
  a.length === b.length &&
  a.every((strip, index) => {
    const other = b[index];
    return (
      other !== undefined && strip.id === other.id && strip.name === other.name && strip.color === other.color && strip.stem === other.stem
    );
  });

/** The strips that play a stem, one line each. */
export function useLanes(): readonly Strip[] {
  return useMix((mix) => [...mix.strips.values()].filter((strip) => strip.stem !== null), sameStrips);
}

/** The waves of the strips, one canvas for all; the names lie over them and select. */
export function Lanes({ strips, waves }: { strips: readonly Strip[]; waves: ReadonlyMap<string, Wave> }) {
  const session = useSession();
  const selected = useStore(session.selected);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useTimeline((state) => state.view);
  const extent = useTimeline((state) => state.extent);
  const height = strips.length * LANE_HEIGHT;

  useEffect(() => {
    const pen = canvas.current && penFor(canvas.current, extent.width, height);
    if (!pen) return;
    paintGrid(pen, view, extent, height);
    strips.forEach((strip, index) => {
      const wave = strip.stem === null ? undefined : waves.get(strip.stem);
      const lane = { wave, top: index * LANE_HEIGHT, height: LANE_HEIGHT, color: stripColor(strip.color), gain: fittingGain(wave) };
      paintWave(pen, view, extent, lane);
    });
  }, [strips, waves, view, extent, height]);

  return (
    <div className="relative" style={{ height }}>
      <canvas ref={canvas} className="absolute inset-0 size-full" />
      {strips.map((strip, index) => (
        <button
          key={strip.id}
          type="button"
          aria-pressed={selected === strip.id}
          onClick={() => session.select(strip.id)}
          className={`absolute left-0 z-[6] max-w-32 truncate rounded-r-sm bg-bg px-2 text-left text-xs leading-6 outline-offset-[-2px] hover:bg-hover ${selected === strip.id ? 'font-semibold shadow-[inset_2px_0_var(--color-accent)]' : ''}`}
          style={{ top: index * LANE_HEIGHT, height: LANE_HEIGHT, color: stripColor(strip.color) }}
        >
          {strip.name}
        </button>
      ))}
    </div>
  );
}
