import { faderPosition } from '../../../lib/mix';
import { gainToDecibels } from '../../../lib/units';
import { INK } from '../../palette';
import type { Needle } from './ballistics';

/** Where a meter's bars stand on a canvas, in its pixels; `top` is +10 dB and `height` reaches down to −∞. */
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
/** Height of the clip lamp, and how far above the bars it begins. */
const LAMP = 4;
const LAMP_RISE = 9;
const MARK = 2;
/** Gain reduction hangs from the top: this many decibels fill the whole height. */
const REDUCTION_SPAN = 30;
const TROUGH = '#0a0c10';

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

export interface Shown {
  readonly left: Needle;
  readonly right: Needle;
  rmsLeft: number;
  rmsRight: number;
  /** Decibels, 0 or less. */
  reduction: number;
  clipped: boolean;
}

/** What a meter's picture is made of, in whole pixels: of each side level, RMS, mark, and whether the mark is red; reduction; lamp. */
export type Picture = Int16Array;
const SIDE = 4;
const REDUCTION = 2 * SIDE;
const LIT = REDUCTION + 1;

/** A picture that is no meter's yet. */
export function newPicture(): Picture {
  return new Int16Array(LIT + 1).fill(-1);
}

/** The level of a gain from the bottom, in whole pixels; the same scale as the fader beside it. */
function rise(gain: number, height: number): number {
  return Math.round(faderPosition(gainToDecibels(gain)) * height);
}

function pictureSide(picture: Picture, at: number, needle: Needle, rms: number, height: number): void {
  const level = rise(needle.level, height);
  picture[at] = level;
  picture[at + 1] = Math.min(level, rise(rms, height));
  picture[at + 2] = rise(needle.hold, height);
  picture[at + 3] = gainToDecibels(needle.hold) >= RED_FROM ? 1 : 0;
}

/** Reckons what a meter of `height` pixels shows. */
export function pictureOf(shown: Shown, height: number, into: Picture): void {
  pictureSide(into, 0, shown.left, shown.rmsLeft, height);
  pictureSide(into, SIDE, shown.right, shown.rmsRight, height);
  into[REDUCTION] = Math.round(Math.min(1, Math.max(0, -shown.reduction) / REDUCTION_SPAN) * height);
  into[LIT] = shown.clipped ? 1 : 0;
}

/** Takes `next` over into `drawn`; false where both are the same and nothing is to be painted. */
export function takeOver(drawn: Picture, next: Picture): boolean {
  let changed = false;
  for (let index = 0; index < next.length; index++) {
    const value = next[index] ?? 0;
    if (drawn[index] === value) continue;
    drawn[index] = value;
    changed = true;
  }
  return changed;
}

/** One bar: the peak faint, the RMS bright inside it, the held mark over both. */
function bar(context: CanvasRenderingContext2D, box: Box, colors: CanvasGradient, picture: Picture, at: number, pixel: number): void {
  const bottom = box.top + box.height;
  const [level = 0, body = 0, mark = 0, hot = 0] = [picture[at], picture[at + 1], picture[at + 2], picture[at + 3]];
  context.fillStyle = TROUGH;
  context.fillRect(box.x, box.top, box.width, box.height - level);
  context.fillStyle = colors;
  context.fillRect(box.x, bottom - body, box.width, body);
  if (level > body) {
    context.fillStyle = TROUGH;
    context.fillRect(box.x, bottom - level, box.width, level - body);
    context.fillStyle = colors;
    context.globalAlpha = 0.6;
    context.fillRect(box.x, bottom - level, box.width, level - body);
    context.globalAlpha = 1;
  }
  if (mark < MARK * pixel) return;
  context.fillStyle = hot ? INK.record : INK.text;
  context.fillRect(box.x, bottom - mark, box.width, MARK * pixel);
}

function reductionBar(context: CanvasRenderingContext2D, box: Box, depth: number): void {
  context.fillStyle = INK.accent;
  context.fillRect(box.x, box.top, box.width, depth);
  context.fillStyle = TROUGH;
  context.fillRect(box.x, box.top + depth, box.width, box.height - depth);
}

/**
 * Draws a strip's whole meter over what was there: two bars, gain reduction, and the clip lamp above. `pixel` is how many of the
 * canvas's pixels make one of the page's.
 */
export function drawMeter(context: CanvasRenderingContext2D, box: Box, colors: CanvasGradient, picture: Picture, pixel: number): void {
  const gap = Math.round(GAP * pixel);
  const thin = Math.round(REDUCTION_WIDTH * pixel);
  const width = Math.floor((box.width - thin - 3 * gap) / 2);
  bar(context, { ...box, width }, colors, picture, 0, pixel);
  bar(context, { ...box, x: box.x + width + gap, width }, colors, picture, SIDE, pixel);
  reductionBar(context, { ...box, x: box.x + box.width - thin, width: thin }, picture[REDUCTION] ?? 0);
  context.fillStyle = picture[LIT] ? INK.record : INK.raised;
  context.fillRect(box.x, box.top - Math.round(LAMP_RISE * pixel), 2 * width + gap, Math.round(LAMP * pixel));
}
