'use client';

import { useRef } from 'react';
import type { StripId } from '../../lib/mix';
import { fitCanvas } from '../_console/fit-canvas';
import { blankMeter } from '../_console/meters/blank';
import { useSession } from '../_session';
import { paintText, useFrame } from '../_shell/frame';
import { INK } from '../palette';
import { calm } from './calm';

const SAMPLES = 2048;
const DIAGONAL = Math.SQRT1_2;

function axes(context: CanvasRenderingContext2D, width: number, height: number): void {
  const reach = Math.min(width, height) / 2;
  context.strokeStyle = INK.line;
  context.beginPath();
  context.moveTo(width / 2, 0);
  context.lineTo(width / 2, height);
  for (const side of [-1, 1]) {
    context.moveTo(width / 2 - side * reach, height / 2 + reach);
    context.lineTo(width / 2 + side * reach, height / 2 - reach);
  }
  context.stroke();
  context.fillStyle = INK.quiet;
  context.font = '10px sans-serif';
  context.fillText('L', width / 2 - reach + 2, 11);
  context.fillText('R', width / 2 + reach - 10, 11);
}

/** Left against right, turned so that the middle stands upright; and how much both have in common. */
export function StereoPicture({ strip }: { strip: StripId }) {
  const { meters } = useSession().engine;
  const canvas = useRef<HTMLCanvasElement>(null);
  const needle = useRef<HTMLSpanElement>(null);
  const number = useRef<HTMLSpanElement>(null);
  const sides = useRef({ left: new Float32Array(SAMPLES), right: new Float32Array(SAMPLES), meter: blankMeter() });
  const last = useRef(0);
  useFrame((now) => {
    if (now - last.current < calm()) return;
    last.current = now;
    const view = fitCanvas(canvas.current);
    if (!view) return;
    const { context, width, height } = view;
    const { left, right, meter } = sides.current;
    axes(context, width, height);
    const reach = Math.min(width, height) / 2;
    if (meters.samples({ strip, tap: 'after' }, left, right) >= 0) {
      context.fillStyle = `${INK.accent}99`;
      for (let n = 0; n < SAMPLES; n += 1) {
        const x = ((right[n] ?? 0) - (left[n] ?? 0)) * DIAGONAL;
        const y = ((right[n] ?? 0) + (left[n] ?? 0)) * DIAGONAL;
        context.fillRect(width / 2 + x * reach, height / 2 - y * reach, 1.2, 1.2);
      }
    }
    const correlation = meters.readStrip(strip, meter) ? meter.correlation : 0;
    if (needle.current) {
      needle.current.style.left = `${(correlation + 1) * 50}%`;
      needle.current.style.background = correlation < -0.05 ? INK.record : INK.ok;
    }
    paintText(number.current, `${correlation < -0.005 ? '−' : '+'}${Math.abs(correlation).toFixed(2)}`);
  });
  return (
    <>
      <div className="relative h-36 rounded-sm bg-bg">
        <canvas ref={canvas} role="img" aria-label="Stereo picture: left against right" className="absolute inset-0 h-full w-full" />
      </div>
      <div
        className="flex items-center gap-2 text-2xs text-quiet"
        title="Correlation of left and right: +1 the same, 0 nothing in common, −1 cancels in mono"
      >
        <span>Correlation</span>
        <span className="relative h-2 flex-1 rounded-sm bg-bg before:absolute before:inset-y-0 before:left-1/2 before:w-px before:bg-line-strong">
          <span ref={needle} className="absolute -top-0.5 h-3 w-1 -translate-x-1/2 rounded-sm" style={{ left: '50%' }} />
        </span>
        <span ref={number} className="w-9 text-right text-text">
          +0.00
        </span>
      </div>
    </>
  );
}
