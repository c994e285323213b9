'use client';

import { ChevronDown, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useMix, useSession, useStore } from '../_session';
import { IconButton } from '../_shell/button';
import { AutomationBar, AutomationLanes } from './automation/automation-lanes';
import { Lanes, useLanes } from './lanes';
import { LoopRegion } from './loop-region';
import { MarkersRow } from './markers-row';
import { OthersPlayheads } from './others-playheads';
import { Overview } from './overview';
import { paintRuler, penFor } from './paint';
import { usePinch } from './pinch';
import { Pins } from './pins';
import { Playhead } from './playhead';
import { useTimelinePointer } from './pointer';
import { useSongWaves } from './song-waves';
import { applyView, scrollPixels, setExtent, showWhole, useTimeline, zoomTo } from './use-view';
import { secondsAt } from './view';

const RULER_HEIGHT = 24;
const OVERVIEW_HEIGHT = 96;
/** An empty session still has a ruler to look at. */
const EMPTY_SECONDS = 60;

/** The song from left to right: ruler, sections, the mix's outline, a line for each strip; pins, loop and playhead over all. */
export function Timeline({ overviewHeight = OVERVIEW_HEIGHT, foldable = true }: { overviewHeight?: number; foldable?: boolean }) {
  const { engine } = useSession();
  const length = useStore(engine.length) || EMPTY_SECONDS;
  const waves = useSongWaves();
  const strips = useLanes();
  const open = useTimeline((state) => state.lanes) && foldable;
  const frame = useRef<HTMLDivElement>(null);
  const lanes = useKeptScroll(open);
  const { handlers, held, draft, letGo } = useTimelinePointer();
  useExtent(frame, length);
  useWheel(frame);
  usePinch(frame, letGo);

  return (
    <section aria-label="Timeline" className="relative flex h-full min-h-0 flex-col bg-bg">
      <div
        ref={frame}
        data-testid="timeline"
        className="relative flex min-h-0 flex-1 flex-col overflow-hidden"
        style={{ touchAction: 'pan-y' }}
      >
        <div {...handlers('ruler')} className="relative shrink-0 cursor-text" title="Drag to make a loop">
          <Ruler />
        </div>
        <MarkersRow />
        <div {...handlers('waves')} className="relative shrink-0" style={{ height: overviewHeight }}>
          <Overview waves={waves} height={overviewHeight} />
        </div>
        <div {...handlers('waves')} {...lanes} className="relative min-h-0 flex-1 overflow-y-auto overflow-x-hidden">
          {open && <Lanes strips={strips} waves={waves} />}
          {open && <AutomationLanes />}
        </div>
        {open && <AutomationBar />}
        <div className="pointer-events-none absolute inset-0 overflow-hidden">
          <LoopRegion draft={draft} />
          <OthersPlayheads />
          <Playhead held={held} />
        </div>
        <div className="pointer-events-none absolute inset-x-0 top-11 bottom-0 z-10 overflow-hidden [&_button]:pointer-events-auto">
          <Pins />
        </div>
      </div>
      <Zoom foldable={foldable} open={open} />
    </section>
  );
}

/** The lanes come back where they were scrolled to, after having been away. */
function useKeptScroll(open: boolean) {
  const element = useRef<HTMLDivElement>(null);
  const top = useRef(0);
  useLayoutEffect(() => {
    if (open && element.current) element.current.scrollTop = top.current;
  }, [open]);
  return {
    ref: element,
    onScroll: () => {
      if (open && element.current) top.current = element.current.scrollTop;
    },
  };
}

function Ruler() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const settings = useMix((mix) => mix.settings);
  const view = useTimeline((state) => state.view);
  const extent = useTimeline((state) => state.extent);
  useEffect(() => {
    const pen = canvas.current && penFor(canvas.current, extent.width, RULER_HEIGHT);
    if (pen) paintRuler(pen, view, extent, RULER_HEIGHT, settings);
  }, [view, extent, settings]);
  return <canvas ref={canvas} className="block w-full border-line border-b" style={{ height: RULER_HEIGHT }} />;
}

function Zoom({ foldable, open }: { foldable: boolean; open: boolean }) {
  const { transport } = useSession();
  const zoomed = useTimeline((state) => state.view.zoom > 1);
  return (
    <div className="absolute right-1 bottom-1 z-20 flex gap-0.5 rounded-md bg-bg/80">
      {zoomed && (
        <button type="button" onClick={showWhole} className="rounded-sm px-2 text-quiet text-xs hover:bg-hover hover:text-text">
          whole song
        </button>
      )}
      <IconButton label="Zoom out" keys="−" size="small" look="quiet" onPress={() => zoomTo(1 / 1.5, transport.position())}>
        <ZoomOut size={14} />
      </IconButton>
      <IconButton label="Zoom in" keys="+" size="small" look="quiet" onPress={() => zoomTo(1.5, transport.position())}>
        <ZoomIn size={14} />
      </IconButton>
      {foldable && (
        <IconButton
          label={open ? 'Fold the lanes' : 'Show a lane for each strip'}
          size="small"
          look="quiet"
          onPress={() => useTimeline.setState({ lanes: !open })}
        >
          {open ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
        </IconButton>
      )}
    </div>
  );
}

/** Keeps the view's extent at the frame's width, and its style in step with the view. */
function useExtent(frame: React.RefObject<HTMLDivElement | null>, length: number): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setExtent({ width: element.clientWidth, length });
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    const stop = useTimeline.subscribe(() => applyView(element));
    measure();
    applyView(element);
    return () => {
      sizes.disconnect();
      stop();
    };
  }, [frame, length]);
}

/** Ctrl or pinch zooms at the pointer; sideways, or Shift, scrolls. The plain wheel scrolls the lanes. */
function useWheel(frame: React.RefObject<HTMLDivElement | null>): void {
  const onWheel = useCallback((event: WheelEvent) => {
    if (!(event.currentTarget instanceof HTMLElement)) return;
    const { view, extent } = useTimeline.getState();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
      zoomTo(Math.exp(-event.deltaY * 0.004), secondsAt(view, extent, x));
      return;
    }
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (sideways === 0 || (!event.shiftKey && Math.abs(event.deltaY) > Math.abs(event.deltaX))) return;
    event.preventDefault();
    scrollPixels(sideways);
  }, []);
  useEffect(() => {
    const element = frame.current;
    // React's own wheel listeners are passive and could not keep the page from zooming.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [frame, onWheel]);
}
