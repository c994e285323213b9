import type { StripId } from '../../../lib/mix';
import { type Box, levelColors, newPicture, type Picture } from './draw';

/** Where a strip's meter stands in the content, what of it is drawn, and the element that tells its highest peak. */
export interface MeterSlot {
  readonly strip: StripId;
  /** In pixels of the page; with the canvas's own in `box`. */
  readonly from: number;
  readonly until: number;
  readonly top: number;
  readonly height: number;
  readonly box: Box;
  readonly drawn: Picture;
  readonly readout: HTMLElement | null;
}

export interface MeterView {
  readonly context: CanvasRenderingContext2D;
  readonly colors: CanvasGradient;
  /** Pixels of the canvas to one of the page. */
  readonly ratio: number;
  /** Content x of the canvas's left edge, in pixels of the canvas; and the stretch of the content that can be seen, of the page. */
  readonly origin: number;
  readonly from: number;
  readonly until: number;
}

/** The canvas reaches this far beyond the view on both sides, and moves on by as much. */
const MARGIN = 256;
/** Room above the bars for the clip lamps, and a little below. */
const LAMP_ROOM = 12;
const FOOT = 4;

/**
 * One canvas for all the meters of a scrolled row of strips. It lies in the scrolled content, so that it travels with the
 * strips on the compositor; when the view nears its edge it is set down further on and painted in the same frame. Nothing of
 * the page's layout is asked for while nothing scrolls or changes size: asking would make the browser lay out in mid-frame.
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
  private left = 0;
  private view = 0;
  private all = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    /** Holds the strips and the canvas; positioned. */
    private readonly content: HTMLElement,
    /** What scrolls the content; the content itself where nothing does. */
    private readonly scroller: HTMLElement,
  ) {}

  /** Follows size and scrolling; the return ends it. */
  follow(): () => void {
    const sizes = new ResizeObserver(() => this.measure());
    for (const element of new Set([this.content, this.scroller])) sizes.observe(element);
    const scrolled = () => {
      this.left = this.scroller.scrollLeft;
    };
    this.scroller.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      sizes.disconnect();
      this.scroller.removeEventListener('scroll', scrolled);
    };
  }

  /** Looks again where the meters are, before the next frame; call it when strips come, go or change size. */
  measure(): void {
    this.stale = true;
  }

  /** Sets the canvas down over what can be seen; null where there is nothing to see. */
  prepare(): MeterView | null {
    if (this.stale || this.ratio !== (window.devicePixelRatio || 1)) this.lookAgain();
    const first = this.slots[0];
    const context = this.canvas.getContext('2d');
    if (!first || !context || this.view === 0) return null;
    const width = Math.min(this.all, this.view + 2 * MARGIN);
    const furthest = Math.max(0, this.all - width);
    this.resize(context, width, first.height + LAMP_ROOM + FOOT);
    const origin = Math.min(furthest, Math.max(0, Math.floor(this.left / MARGIN) * MARGIN - MARGIN / 2));
    const top = first.top - LAMP_ROOM;
    if (origin !== this.origin || top !== this.top) {
      this.origin = origin;
      this.top = top;
      this.canvas.style.transform = `translate(${origin}px, ${top}px)`;
      this.wipe(context);
    }
    this.colors ??= levelColors(context, first.box.top, first.box.height);
    const { colors, ratio, left, view } = this;
    return { context, colors, ratio, origin: Math.round(origin * ratio), from: left, until: left + view };
  }

  private wipe(context: CanvasRenderingContext2D): void {
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    for (const { drawn } of this.slots) drawn.fill(-1);
  }

  private lookAgain(): void {
    this.stale = false;
    this.colors = null;
    // Whatever is drawn stands elsewhere now.
    this.origin = Number.NaN;
    this.ratio = window.devicePixelRatio || 1;
    this.view = this.scroller.clientWidth;
    this.left = this.scroller === this.content ? 0 : this.scroller.scrollLeft;
    // Not the scroll width: that counts the canvas itself, which would keep it as wide as it once was.
    this.all = this.content.offsetWidth;
    const base = this.content.getBoundingClientRect();
    this.slots = [...this.content.querySelectorAll<HTMLElement>('[data-meter]')].map((element) => this.slotOf(element, base));
  }

  private slotOf(element: HTMLElement, base: DOMRect): MeterSlot {
    const { left, top, width, height } = element.getBoundingClientRect();
    const fine = (pixels: number) => Math.round(pixels * this.ratio);
    return {
      strip: element.dataset['meter'] ?? '',
      from: left - base.left,
      until: left - base.left + width,
      top: top - base.top,
      height,
      box: { x: fine(left - base.left), top: fine(LAMP_ROOM), width: fine(width), height: fine(height) },
      drawn: newPicture(),
      readout: element.closest('[data-strip]')?.querySelector<HTMLElement>('[data-highest]') ?? null,
    };
  }

  private resize(context: CanvasRenderingContext2D, width: number, height: number): void {
    const [fine, tall] = [Math.round(width * this.ratio), Math.round(height * this.ratio)];
    if (context.canvas.width === fine && context.canvas.height === tall && width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    context.canvas.width = fine;
    context.canvas.height = tall;
    context.canvas.style.width = `${width}px`;
    context.canvas.style.height = `${height}px`;
    this.origin = Number.NaN;
    this.colors = null;
  }
}
