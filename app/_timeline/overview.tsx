'use client';

import { useEffect, useMemo, useRef } from 'react';
import { type Mix, type Strip, stripValue } from '../../lib/mix';
import { decibelsToGain } from '../../lib/units';
import { useMix } from '../_session';
import { INK } from '../palette';
import { fittingGain, paintGrid, paintWave, penFor } from './paint';
import { useTimeline } from './use-view';
import { sumWaves, type Wave } from './wave';

interface Level {
  readonly stem: string;
  readonly gain: number;
}

/** What each stem adds to the mix: its trim and fader, nothing while muted. */
function levels(mix: Mix): readonly Level[] {
  return [...mix.strips.values()].flatMap((strip: Strip) => {
    if (strip.stem === null) return [];
    const gain = stripValue(strip, 'mute') > 0 ? 0 : decibelsToGain(stripValue(strip, 'trim')) * decibelsToGain(stripValue(strip, 'fader'));
    return [{ stem: strip.stem, gain }];
  });
}
const sameLevels = (a: readonly Level[], b: readonly Level[]) =>
  a.length === b.length && a.every((level, index) => level.stem === b[index]?.stem && level.gain === b[index]?.gain);

/** The outline of the whole mix. It follows the faders. */
export function Overview({ waves, height }: { waves: ReadonlyMap<string, Wave>; height: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const parts = useMix(levels, sameLevels);
  const view = useTimeline((state) => state.view);
  const extent = useTimeline((state) => state.extent);
  const sum = useMemo(() => {
    const stems = parts.flatMap(({ stem, gain }) => {
      const wave = waves.get(stem);
      return wave ? [{ wave, gain }] : [];
    });
    return stems.length > 0 ? sumWaves(stems, extent.length) : undefined;
  }, [parts, waves, extent.length]);

  useEffect(() => {
    const pen = canvas.current && penFor(canvas.current, extent.width, height);
    if (!pen) return;
    paintGrid(pen, view, extent, height);
    paintWave(pen, view, extent, { wave: sum, top: 8, height: height - 12, color: INK.wave, gain: fittingGain(sum) });
  }, [sum, view, extent, height]);
  return <canvas ref={canvas} className="absolute inset-0 size-full" />;
}
