import type { StripId } from '../../../lib/mix';
import { levelColors } from './draw';

/** Where a strip's meter stands in the content, and the element that tells its highest peak. */
export interface MeterSlot {
  readonly strip: StripId;
  readonly x: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly readout: HTMLElement | null;
}

export interface MeterView {
  readonly context: CanvasRenderingContext2D;
  readonly colors: CanvasGradient;
  /** Content x of the canvas's left edge, and the stretch of the content that can be seen. */
  readonly origin: number;
  /** Content y of the canvas's upper edge. */
  readonly top: number;
  readonly from: number;
  readonly until: number;
}

/** The canvas reaches this far beyond the view on both sides, and moves on by as much. */
const MARGIN = 512;
/** Room above the bars for the clip lamps, and a little below. */
const LAMP_ROOM = 12;
const FOOT = 4;

/**
 * One canvas for all the meters of a scrolled row of strips. It lies in the scrolled content, so that it travels with the
 * strips on the compositor; when the view nears its edge it is set down further on and painted in the same frame.
 */
export class MeterSurface {
  slots: readonly MeterSlot[] = [];
  private origin = Number.NaN;
  private top = Number.NaN;
  private width = 0;
  private height = 0;
  private ratio = 1;
  private colors: CanvasGradient | null = null;
  private stale = true;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    /** Holds the strips and the canvas; positioned. */
    private readonly content: HTMLElement,
    /** What scrolls the content; the content itself where nothing does. */
    private readonly scroller: HTMLElement,
  ) {}

  /** Looks again where the meters are, before the next frame; call it when strips come, go or change size. */
  measure(): void {
    this.stale = true;
  }

  /** Sets the canvas down over what can be seen and wipes it; null where there is nothing to see. */
  prepare(): MeterView | null {
    if (this.stale) this.lookAgain();
    const view = this.scroller.clientWidth;
    const left = this.scroller === this.content ? 0 : this.scroller.scrollLeft;
    const first = this.slots[0];
    const context = this.canvas.getContext('2d');
    if (!first || !context || view === 0) return null;
    // Not the scroll width: that counts the canvas itself, which would keep it as wide as it once was.
    const all = this.content.offsetWidth;
    const width = Math.min(all, view + 2 * MARGIN);
    const furthest = Math.max(0, all - width);
    this.resize(context, width, first.height + LAMP_ROOM + FOOT);
    const origin = Math.min(furthest, Math.max(0, Math.floor(left / MARGIN) * MARGIN - MARGIN / 2));
    const top = first.top - LAMP_ROOM;
    if (origin !== this.origin || top !== this.top) {
      this.origin = origin;
      this.top = top;
      this.canvas.style.transform = `translate(${origin}px, ${top}px)`;
    }
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    this.colors ??= levelColors(context, LAMP_ROOM, first.height);
    return { context, colors: this.colors, origin, top, from: left, until: left + view };
  }

  private lookAgain(): void {
    this.stale = false;
    this.colors = null;
    const base = this.content.getBoundingClientRect();
    this.slots = [...this.content.querySelectorAll<HTMLElement>('[data-meter]')].map((element) => {
      const box = element.getBoundingClientRect();
      const strip = element.dataset['meter'] ?? '';
      const readout = element.closest('[data-strip]')?.querySelector<HTMLElement>('[data-highest]') ?? null;
      return { strip, x: box.left - base.left, top: box.top - base.top, width: box.width, height: box.height, readout };
    });
  }

  private resize(context: CanvasRenderingContext2D, width: number, height: number): void {
    const ratio = window.devicePixelRatio || 1;
    if (width === this.width && height === this.height && ratio === this.ratio) return;
    this.width = width;
    this.height = height;
    this.ratio = ratio;
    context.canvas.width = Math.round(width * ratio);
    context.canvas.height = Math.round(height * ratio);
    context.canvas.style.width = `${width}px`;
    context.canvas.style.height = `${height}px`;
    this.colors = null;
  }
}
