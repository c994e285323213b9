'use client';

import { useEffect, useRef } from 'react';
import type { StripId } from '../../../lib/mix';
import { useSession } from '../../_session';
import { useFrame } from '../../_shell/frame';
import { INK } from '../../palette';

const BINS = 512;
/** dB at the bottom and the top of the picture. */
const FLOOR_DB = -96;
const CEILING_DB = -6;
/** How much of the way to a lower reading each frame goes: peaks stay readable. */
const FALL = 0.08;

class Trace {
  readonly reading = new Float32Array(BINS);
  readonly shown = new Float32Array(BINS).fill(FLOOR_DB);

  settle(there: boolean): void {
    for (let bin = 0; bin < BINS; bin += 1) {
      const reading = there ? Math.max(FLOOR_DB, this.reading[bin] ?? FLOOR_DB) : FLOOR_DB;
      const shown = this.shown[bin] ?? FLOOR_DB;
      this.shown[bin] = reading > shown ? reading : shown + (reading - shown) * FALL;
    }
  }

  draw(context: CanvasRenderingContext2D, width: number, height: number): void {
    context.beginPath();
    context.moveTo(0, height + 2);
    for (let bin = 0; bin < BINS; bin += 1) {
      const level = ((this.shown[bin] ?? FLOOR_DB) - FLOOR_DB) / (CEILING_DB - FLOOR_DB);
      context.lineTo((bin / (BINS - 1)) * width, height * (1 - level));
    }
    context.lineTo(width, height + 2);
    context.closePath();
  }
}

/** The live spectrum behind the equaliser: after the processing filled, before it as a faint line. */
export function Spectrum({ strip }: { strip: StripId }) {
  const { meters } = useSession().engine;
  const canvas = useRef<HTMLCanvasElement>(null);
  const traces = useRef({ before: new Trace(), after: new Trace() });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another strip begins with an empty picture
  useEffect(() => {
    traces.current = { before: new Trace(), after: new Trace() };
  }, [strip]);
  useFrame(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !canvas.current) return;
    const { clientWidth: width, clientHeight: height } = canvas.current;
    const ratio = window.devicePixelRatio || 1;
    if (canvas.current.width !== Math.round(width * ratio) || canvas.current.height !== Math.round(height * ratio)) {
      canvas.current.width = Math.round(width * ratio);
      canvas.current.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const { before, after } = traces.current;
    before.settle(meters.spectrum({ strip, tap: 'before' }, before.reading));
    after.settle(meters.spectrum({ strip, tap: 'after' }, after.reading));
    after.draw(context, width, height);
    context.fillStyle = `${INK.quiet}38`;
    context.fill();
    before.draw(context, width, height);
    context.strokeStyle = `${INK.quiet}60`;
    context.stroke();
  });
  return <canvas ref={canvas} className="pointer-events-none absolute inset-0 h-full w-full" />;
}
