/** What part of the song the timeline shows: `zoom` 1 is the whole song across the width. `from` is the left edge, seconds. */
export interface View {
  readonly from: number;
  readonly zoom: number;
}
/** The window it is shown in: pixels and seconds of the song. */
export interface Extent {
  readonly width: number;
  readonly length: number;
}

export const WHOLE: View = { from: 0, zoom: 1 };
/** Closer than this there is nothing to see: one peak would be wider than a finger. */
const MOST_PIXELS_PER_SECOND = 1500;

/** Pixels per second. */
export function scaleOf(view: View, extent: Extent): number {
  return (extent.width / extent.length) * view.zoom;
}

/** The nearest view that stays inside of the song. */
export function clampView(view: View, extent: Extent): View {
  const closest = Math.max(1, (MOST_PIXELS_PER_SECOND * extent.length) / Math.max(1, extent.width));
  const zoom = Math.min(closest, Math.max(1, view.zoom));
  const from = Math.min(Math.max(0, view.from), extent.length - extent.length / zoom);
  return { from: Math.max(0, from), zoom };
}

/** Zooms by `factor` so that the moment `at` stays under the pointer. */
export function zoomAt(view: View, extent: Extent, factor: number, at: number): View {
  const { zoom } = clampView({ ...view, zoom: view.zoom * factor }, extent);
  return clampView({ zoom, from: at - ((at - view.from) * view.zoom) / zoom }, extent);
}

export function scrollBy(view: View, extent: Extent, pixels: number): View {
  return clampView({ ...view, from: view.from + pixels / scaleOf(view, extent) }, extent);
}

/** Nearer than this, two fingers say nothing of how far apart they are meant to be; in pixels. */
const FINGER = 16;

/** Follows two fingers from `before` to `now` (their x in pixels): the moments under them stay under them. */
export function pinched(view: View, extent: Extent, before: readonly number[], now: readonly number[]): View {
  const [a = 0, b = 0] = before;
  const [c = 0, d = 0] = now;
  const factor = Math.max(FINGER, Math.abs(d - c)) / Math.max(FINGER, Math.abs(b - a));
  const middle = (a + b) / 2;
  const zoomed = zoomAt(view, extent, factor, view.from + middle / scaleOf(view, extent));
  return scrollBy(zoomed, extent, middle - (c + d) / 2);
}

/** Turns the page when `at` has left the window, else gives back the same view. */
export function keepInSight(view: View, extent: Extent, at: number): View {
  const shown = extent.length / view.zoom;
  if (view.zoom <= 1 || (at >= view.from && at < view.from + shown)) return view;
  return clampView({ ...view, from: at - shown * 0.05 }, extent);
}

export function secondsAt(view: View, extent: Extent, x: number): number {
  return Math.min(extent.length, Math.max(0, view.from + x / scaleOf(view, extent)));
}

export function xOf(view: View, extent: Extent, at: number): number {
  return (at - view.from) * scaleOf(view, extent);
}

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Seconds between labels of the ruler, so that they stand at least `room` pixels apart. */
export function labelStep(pixelsPerSecond: number, room: number): number {
  return STEPS.find((step) => step * pixelsPerSecond >= room) ?? 7200;
}

/** Bars between marks, a power of two, so that they stand at least `room` pixels apart. */
export function barStep(barSeconds: number, pixelsPerSecond: number, room: number): number {
  let bars = 1;
  while (bars * barSeconds * pixelsPerSecond < room && bars < 4096) bars *= 2;
  return bars;
}
