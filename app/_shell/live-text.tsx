'use client';

import { useEffect, useRef } from 'react';
import { paintText } from './frame';

/** How a canvas's own style writes: font, colour, and the width that every digit gets, so that digits stand in columns. */
interface Hand {
  readonly color: string;
  readonly digit: number;
  readonly tracking: number;
  /** From the upper edge, in pixels of the page. */
  readonly baseline: number;
}

/**
 * Text that changes many times a second. It is drawn on a canvas: a changed text in the page itself makes the browser lay out,
 * paint and hit-test half of the page again. The text is also what the canvas holds, for those who do not see it.
 */
export class LiveText {
  private hand: Hand | null = null;
  private text: string;
  private color = '';
  private readonly sizes: ResizeObserver;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.text = canvas.textContent ?? '';
    this.sizes = new ResizeObserver(this.renew);
    this.sizes.observe(canvas);
    document.fonts.addEventListener('loadingdone', this.renew);
  }

  /** Shows `text`; in the canvas's own colour where none is given. */
  write(text: string, color = ''): void {
    if (text === this.text && color === this.color) return;
    this.text = text;
    this.color = color;
    paintText(this.canvas, text);
    this.draw();
  }

  remove(): void {
    this.sizes.disconnect();
    document.fonts.removeEventListener('loadingdone', this.renew);
  }

  private readonly renew = (): void => {
    this.hand = null;
    this.draw();
  };

  private draw(): void {
    const pen = this.canvas.getContext('2d');
    if (!pen) return;
    this.hand ??= this.prepare(pen);
    const { hand } = this;
    if (!hand) return;
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.fillStyle = this.color || hand.color;
    let x = 0;
    for (const sign of this.text) {
      const width = pen.measureText(sign).width;
      const cell = sign >= '0' && sign <= '9' ? hand.digit : width;
      pen.fillText(sign, x + (cell - width) / 2, hand.baseline);
      x += cell + hand.tracking;
    }
  }

  /** Fits the canvas to its box and reads its style; null while it has no size. */
  private prepare(pen: CanvasRenderingContext2D): Hand | null {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0) return null;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const { fontWeight, fontSize, fontFamily, letterSpacing, color } = getComputedStyle(this.canvas);
    pen.scale(ratio, ratio);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = pen.measureText('0');
    const digit = Math.max(...[...'0123456789'].map((sign) => pen.measureText(sign).width));
    return { color, digit, tracking: Number.parseFloat(letterSpacing) || 0, baseline: Math.round((height + above - below) / 2) };
  }
}

/** The place of a live text; its class gives it a fixed size. `onReady` takes what writes into it, and null when it goes. */
export function LiveTextBox(props: { className: string; initial: string; testid?: string; onReady: (text: LiveText | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const ready = useRef(props.onReady);
  ready.current = props.onReady;
  useEffect(() => {
    if (!canvas.current) return;
    const made = new LiveText(canvas.current);
    ready.current(made);
    return () => {
      ready.current(null);
      made.remove();
    };
  }, []);
  return (
    <canvas ref={canvas} className={props.className} data-testid={props.testid}>
      {props.initial}
    </canvas>
  );
}
