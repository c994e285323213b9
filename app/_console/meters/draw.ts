import { faderPosition } from '../../../lib/mix';
import { gainToDecibels } from '../../../lib/units';
import { INK } from '../../palette';
import type { Needle } from './ballistics';

/** Where a meter's bars stand on a canvas, in CSS pixels; `top` is +10 dB and `height` reaches down to −∞. */
export interface Box {
  readonly x: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** From here up the level is red; between the two it is amber. dBFS. */
const RED_FROM = -1;
const AMBER_FROM = -10;
const GAP = 1;
const REDUCTION_WIDTH = 3;
/** Gain reduction hangs from the top: this many decibels fill the whole height. */
const REDUCTION_SPAN = 30;
const TROUGH = '#0a0c10';

/** The level of a gain from the bottom, in pixels; the same scale as the fader beside it. */
function rise(gain: number, height: number): number {
  return faderPosition(gainToDecibels(gain)) * height;
}

/** Green, amber, red by level, for bars of one height. */
export function levelColors(context: CanvasRenderingContext2D, top: number, height: number): CanvasGradient {
  const colors = context.createLinearGradient(0, top + height, 0, top);
  const at = (decibels: number, color: string) => colors.addColorStop(faderPosition(decibels), color);
  colors.addColorStop(0, '#2b8f63');
  at(-30, INK.ok);
  at(AMBER_FROM - 4, INK.ok);
  at(AMBER_FROM + 3, INK.solo);
  at(RED_FROM - 0.5, INK.solo);
  at(RED_FROM, INK.record);
  colors.addColorStop(1, INK.record);
  return colors;
}

/** One bar: the peak faint, the RMS bright inside it, the held mark over both. */
function bar(context: CanvasRenderingContext2D, box: Box, colors: CanvasGradient, peak: Needle, rms: number): void {
  const bottom = box.top + box.height;
  context.fillStyle = TROUGH;
  context.fillRect(box.x, box.top, box.width, box.height);
  context.fillStyle = colors;
  const level = rise(peak.level, box.height);
  if (level >= 1) {
    context.globalAlpha = 0.6;
    context.fillRect(box.x, bottom - level, box.width, level);
    context.globalAlpha = 1;
    const body = Math.min(level, rise(rms, box.height));
    if (body >= 1) context.fillRect(box.x, bottom - body, box.width, body);
  }
  const mark = rise(peak.hold, box.height);
  if (mark >= 2) {
    context.fillStyle = gainToDecibels(peak.hold) >= RED_FROM ? INK.record : INK.text;
    context.fillRect(box.x, bottom - mark, box.width, 2);
  }
}

function reductionBar(context: CanvasRenderingContext2D, box: Box, decibels: number): void {
  context.fillStyle = TROUGH;
  context.fillRect(box.x, box.top, box.width, box.height);
  const depth = Math.min(1, Math.max(0, -decibels) / REDUCTION_SPAN) * box.height;
  if (depth < 0.5) return;
  context.fillStyle = INK.accent;
  context.fillRect(box.x, box.top, box.width, depth);
}

export interface Shown {
  readonly left: Needle;
  readonly right: Needle;
  rmsLeft: number;
  rmsRight: number;
  /** Decibels, 0 or less. */
  reduction: number;
  clipped: boolean;
}

/** Draws a strip's whole meter: two bars, gain reduction, and the clip lamp above. */
export function drawMeter(context: CanvasRenderingContext2D, box: Box, colors: CanvasGradient, shown: Shown): void {
  const width = (box.width - REDUCTION_WIDTH - 3 * GAP) / 2;
  bar(context, { ...box, width }, colors, shown.left, shown.rmsLeft);
  bar(context, { ...box, x: box.x + width + GAP, width }, colors, shown.right, shown.rmsRight);
  reductionBar(context, { ...box, x: box.x + box.width - REDUCTION_WIDTH, width: REDUCTION_WIDTH }, shown.reduction);
  context.fillStyle = shown.clipped ? INK.record : INK.raised;
  context.fillRect(box.x, box.top - 9, 2 * width + GAP, 4);
}
