export interface CanvasView {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Makes a canvas as fine as the screen for the size it is laid out at, and wipes it; null where there is none. */
export function fitCanvas(canvas: HTMLCanvasElement | null): CanvasView | null {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return null;
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = window.devicePixelRatio || 1;
  const [fine, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== fine || canvas.height !== tall) {
    canvas.width = fine;
    canvas.height = tall;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}
