import type { Settings } from '../../lib/mix';
import { beatSeconds, exactTime, shortTime } from '../_shell/words';
import { INK } from '../palette';
import { barStep, type Extent, labelStep, scaleOf, type View, xOf } from './view';
import { peakWithin, type Wave } from './wave';

/** Where one wave is drawn. */
interface Lane {
  readonly wave: Wave | undefined;
  readonly top: number;
  readonly height: number;
  readonly color: string;
  /** Full scale fills the height at 1; quiet songs are drawn larger. */
  readonly gain: number;
}

type Pen = CanvasRenderingContext2D;

/** Sizes a canvas to its box in device pixels and hands out a pen in CSS pixels; null while it has no size. */
export function penFor(canvas: HTMLCanvasElement, width: number, height: number): Pen | null {
  const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (w === 0 || h === 0) return null;
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const pen = canvas.getContext('2d');
  pen?.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen?.clearRect(0, 0, width, height);
  return pen;
}

/** Time above, bars below. */
export function paintRuler(pen: Pen, view: View, extent: Extent, height: number, settings: Settings): void {
  const scale = scaleOf(view, extent);
  const until = view.from + extent.width / scale;
  pen.fillStyle = INK.surface;
  pen.fillRect(0, 0, extent.width, height);

  const bar = beatSeconds(settings) * settings.metre[0];
  const bars = barStep(bar, scale, 14);
  pen.fillStyle = INK.lineStrong;
  for (let n = Math.ceil(view.from / bar / bars) * bars; n * bar <= until; n += bars)
    pen.fillRect(Math.round(xOf(view, extent, n * bar)), height - 4, 1, 4);

  const step = labelStep(scale, 84);
  pen.font = `11px ${fontOf(pen)}`;
  pen.textBaseline = 'middle';
  for (let n = Math.ceil(view.from / step - 1e-9); n * step <= until; n++) {
    const x = Math.round(xOf(view, extent, n * step));
    pen.fillStyle = INK.line;
    pen.fillRect(x, 0, 1, height);
    pen.fillStyle = INK.quiet;
    pen.fillText(step < 1 ? exactTime(n * step).slice(0, -2) : shortTime(n * step), x + 5, height / 2 - 1);
  }
}

/** Faint lines through the waves where the ruler has its labels. */
export function paintGrid(pen: Pen, view: View, extent: Extent, height: number): void {
  const scale = scaleOf(view, extent);
  const step = labelStep(scale, 84);
  pen.fillStyle = INK.raised;
  for (let n = Math.ceil(view.from / step - 1e-9); xOf(view, extent, n * step) <= extent.width; n++)
    pen.fillRect(Math.round(xOf(view, extent, n * step)), 0, 1, height);
}

/** One column every `COLUMN` pixels: dense enough to read, light enough to look at for hours. */
const COLUMN = 2;
export function paintWave(pen: Pen, view: View, extent: Extent, lane: Lane): void {
  const middle = lane.top + lane.height / 2;
  pen.fillStyle = lane.color;
  if (!lane.wave) {
    pen.globalAlpha = 0.35;
    pen.fillRect(0, Math.round(middle), extent.width, 1);
    pen.globalAlpha = 1;
    return;
  }
  const perPixel = 1 / scaleOf(view, extent);
  // Columns stand on a grid of the song, not of the window: a scrolled wave moves and does not shimmer.
  const span = COLUMN * perPixel;
  const first = Math.floor(view.from / span);
  for (let column = first; ; column++) {
    const x = (column * span - view.from) / perPixel;
    if (x > extent.width) break;
    const peak = peakWithin(lane.wave, column * span, (column + 1) * span) * lane.gain;
    const half = Math.max(0.5, Math.min(1, peak) * (lane.height / 2 - 1));
    pen.fillRect(x, middle - half, COLUMN - 0.6, half * 2);
  }
}

/** The gain that lets the loudest moment nearly fill a lane. */
export function fittingGain(wave: Wave | undefined): number {
  const loudest = wave ? peakWithin(wave, 0, Number.MAX_SAFE_INTEGER) : 0;
  return loudest > 1e-4 ? 0.96 / loudest : 1;
}

function fontOf(pen: Pen): string {
  return getComputedStyle(pen.canvas).fontFamily;
}
