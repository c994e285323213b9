'use client';

import { create } from 'zustand';
import type { MarkerId } from '../../lib/mix';
import { clampView, type Extent, keepInSight, scaleOf, scrollBy, type View, WHOLE, zoomAt } from './view';

interface TimelineState {
  readonly view: View;
  readonly extent: Extent;
  /** Lanes of the strips are open below the overview. */
  readonly lanes: boolean;
  /** The marker whose name is being typed. */
  readonly editing: MarkerId | null;
}

/** How far the timeline is zoomed and scrolled; read by canvases, which draw beside React. */
export const useTimeline = create<TimelineState>(() => ({ view: WHOLE, extent: { width: 0, length: 60 }, lanes: true, editing: null }));

function change(next: (view: View, extent: Extent) => View): void {
  const { view, extent } = useTimeline.getState();
  const changed = next(view, extent);
  if (changed !== view) useTimeline.setState({ view: changed });
}

export function editMarker(editing: MarkerId | null): void {
  useTimeline.setState({ editing });
}

export function setExtent(extent: Extent): void {
  useTimeline.setState(({ view }) => ({ extent, view: clampView(view, extent) }));
}

export function zoomTo(factor: number, at: number): void {
  change((view, extent) => zoomAt(view, extent, factor, at));
}

export function scrollPixels(pixels: number): void {
  change((view, extent) => scrollBy(view, extent, pixels));
}

export function showPlayhead(at: number): void {
  change((view, extent) => keepInSight(view, extent, at));
}

/** The part of the song in sight, seconds: told at once and on every change, until the result is called. */
export function watchRange(hear: (from: number, until: number) => void): () => void {
  const tell = () => {
    const { view, extent } = useTimeline.getState();
    hear(view.from, view.from + extent.length / view.zoom);
  };
  tell();
  return useTimeline.subscribe(tell);
}

/** Brings a part of the song into sight, as somebody else has it. */
export function showRange(from: number, until: number): void {
  if (until > from) change((_, extent) => clampView({ from, zoom: extent.length / (until - from) }, extent));
}

export function showWhole(): void {
  useTimeline.setState({ view: WHOLE });
}

/** Puts the view on an element as `--from` and `--scale`; what lies inside is placed by them, without React. */
export function applyView(element: HTMLElement): void {
  const { view, extent } = useTimeline.getState();
  element.style.setProperty('--from', String(view.from));
  element.style.setProperty('--scale', String(scaleOf(view, extent)));
}
