'use client';

import { useRef } from 'react';
import type { Meters } from '../../../lib/audio';
import type { StripId } from '../../../lib/mix';
import { useSession } from '../../_session';
import { useFrame } from '../../_shell/frame';
import { INK } from '../../palette';
import { fitCanvas } from '../fit-canvas';
import { toLogColumns } from './log-columns';

const BINS = 4096;
const COLUMNS = 512;
/** dB at the bottom and the top of the picture. */
const FLOOR_DB = -100;
const CEILING_DB = -10;
/** How much of the way to a lower reading each look goes: peaks stay readable. */
const FALL = 0.12;

type Tap = 'before' | 'after';

class Trace {
  private readonly bins = new Float32Array(BINS);
  private readonly columns = new Float32Array(COLUMNS);
  private readonly shown = new Float32Array(COLUMNS).fill(FLOOR_DB);

  look(meters: Meters, strip: StripId, tap: Tap): void {
    const there = meters.spectrum({ strip, tap }, this.bins);
    if (there) toLogColumns(this.bins, this.columns);
    for (let column = 0; column < COLUMNS; column += 1) {
      const reading = there ? Math.max(FLOOR_DB, this.columns[column] ?? FLOOR_DB) : FLOOR_DB;
      const shown = this.shown[column] ?? FLOOR_DB;
      this.shown[column] = reading > shown ? reading : shown + (reading - shown) * FALL;
    }
  }

  trace(context: CanvasRenderingContext2D, width: number, height: number): void {
    context.beginPath();
    context.moveTo(-2, height + 2);
    for (let column = 0; column < COLUMNS; column += 1) {
      const level = ((this.shown[column] ?? FLOOR_DB) - FLOOR_DB) / (CEILING_DB - FLOOR_DB);
      context.lineTo(((column + 0.5) / COLUMNS) * width, height * (1 - level));
    }
    context.lineTo(width + 2, height + 2);
    context.closePath();
  }
}

/** The live spectrum of one strip (another one needs a `key` of its own, to begin with an empty picture) behind the equaliser: after the processing filled, before it as a faint line. */
export function Spectrum({ strip }: { strip: StripId }) {
  const { meters } = useSession().engine;
  const canvas = useRef<HTMLCanvasElement>(null);
  const traces = useRef({ before: new Trace(), after: new Trace() });
  useFrame(() => {
    const view = fitCanvas(canvas.current);
    if (!view) return;
    const { context, width, height } = view;
    const { before, after } = traces.current;
    before.look(meters, strip, 'before');
    after.look(meters, strip, 'after');
    after.trace(context, width, height);
    context.fillStyle = `${INK.quiet}38`;
    context.fill();
    before.trace(context, width, height);
    context.strokeStyle = `${INK.quiet}60`;
    context.stroke();
  });
  return <canvas ref={canvas} className="pointer-events-none absolute inset-0 h-full w-full" />;
}

/** The spectrum of another strip, as it leaves that, filled in a colour of its own: where two strips are in each other's way. */
export function OtherSpectrum({ strip }: { strip: StripId }) {
  const { meters } = useSession().engine;
  const canvas = useRef<HTMLCanvasElement>(null);
  const trace = useRef(new Trace());
  useFrame(() => {
    const view = fitCanvas(canvas.current);
    if (!view) return;
    trace.current.look(meters, strip, 'after');
    trace.current.trace(view.context, view.width, view.height);
    view.context.fillStyle = `${INK.solo}30`;
    view.context.fill();
    view.context.strokeStyle = `${INK.solo}90`;
    view.context.stroke();
  });
  return <canvas ref={canvas} className="pointer-events-none absolute inset-0 h-full w-full" />;
}
