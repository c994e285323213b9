import type { LoudnessHistory } from '../../lib/audio';
import { INK } from '../palette';

const TOP = -4;
const BOTTOM = -44;
const LINES = [-10, -20, -30, -40];

function line(context: CanvasRenderingContext2D, values: Float32Array, count: number, span: number, width: number, height: number): void {
  const points = Math.min(count, span);
  const first = count - points;
  let pen = false;
  context.beginPath();
  for (let n = 0; n < points; n += 1) {
    const value = values[first + n] ?? BOTTOM;
    const x = width - ((points - n) / span) * width;
    const y = ((TOP - Math.max(BOTTOM, value)) / (TOP - BOTTOM)) * height;
    if (pen) context.lineTo(x, y);
    else context.moveTo(x, y);
    pen = true;
  }
  context.stroke();
}

function grid(context: CanvasRenderingContext2D, width: number, height: number, target: number): void {
  context.font = '9px sans-serif';
  context.lineWidth = 1;
  for (const value of [...LINES, target]) {
    const y = Math.round(((TOP - value) / (TOP - BOTTOM)) * height) + 0.5;
    const isTarget = value === target;
    context.strokeStyle = isTarget ? INK.ok : INK.line;
    context.fillStyle = isTarget ? INK.ok : INK.quiet;
    context.setLineDash(isTarget ? [4, 3] : []);
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
    context.fillText(`−${-value}`, isTarget ? width - 22 : 3, y - 2);
  }
  context.setLineDash([]);
}

/** Draws the last `span` values of a history that holds `count`, over a grid with the target. */
export function drawLoudness(
  { context, width, height }: { readonly context: CanvasRenderingContext2D; readonly width: number; readonly height: number },
  history: LoudnessHistory,
  count: number,
  span: number,
  target: number,
): void {
  grid(context, width, height, target);
  context.strokeStyle = `${INK.quiet}90`;
  line(context, history.momentary, count, span, width, height);
  context.strokeStyle = INK.accent;
  context.lineWidth = 1.5;
  line(context, history.shortTerm, count, span, width, height);
}
