'use client';

import { useRef } from 'react';
import { useFrame } from '../../_shell/frame';
import { INK } from '../../palette';
import { fitCanvas } from '../fit-canvas';

const SECONDS = 6;
const POINTS = 240;
/** Depth of the picture for the gain reduction, dB. */
const DEPTH_DB = 24;
const LINES = [-6, -12, -18];

class History {
  readonly values = new Float32Array(POINTS);
  at = 0;
  private last: number | null = null;

  /** Keeps the deepest of each slice of time; slices between two frames take what the later one brought. */
  add(value: number, now: number): void {
    const slice = (SECONDS * 1000) / POINTS;
    const last = this.last ?? now;
    const passed = Math.min(POINTS, Math.floor((now - last) / slice));
    this.last = passed === POINTS ? now : last + passed * slice;
    for (let step = 0; step < passed; step += 1) {
      this.at = (this.at + 1) % POINTS;
      this.values[this.at] = value;
    }
    this.values[this.at] = Math.min(this.values[this.at] ?? 0, value);
  }
}

function draw(context: CanvasRenderingContext2D, width: number, height: number, history: History): void {
  context.fillStyle = INK.quiet;
  context.strokeStyle = INK.line;
  context.font = '9px sans-serif';
  for (const decibels of LINES) {
    const y = Math.round((-decibels / DEPTH_DB) * height) + 0.5;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
    context.fillText(`−${-decibels}`, 3, y - 2);
  }
  context.beginPath();
  context.moveTo(0, 0);
  for (let point = 0; point < POINTS; point += 1) {
    const value = history.values[(history.at + 1 + point) % POINTS] ?? 0;
    context.lineTo((point / (POINTS - 1)) * width, Math.min(1, -value / DEPTH_DB) * height);
  }
  context.lineTo(width, 0);
  context.closePath();
  context.fillStyle = `${INK.accent}50`;
  context.fill();
  context.strokeStyle = INK.accent;
  context.stroke();
}

/** Gain reduction of the last six seconds, hanging from the top. `read` gives it in dB, 0 or less. */
export function ReductionHistory({ label, read }: { label: string; read: () => number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const history = useRef(new History());
  useFrame((now) => {
    history.current.add(read(), now);
    const view = fitCanvas(canvas.current);
    if (view) draw(view.context, view.width, view.height, history.current);
  });
  return (
    <div className="relative min-h-0 min-w-24 flex-1 overflow-hidden rounded-sm bg-bg">
      <canvas ref={canvas} className="absolute inset-0 h-full w-full" />
      <span className="absolute right-1.5 bottom-1 whitespace-nowrap text-2xs text-quiet">{label}</span>
    </div>
  );
}
