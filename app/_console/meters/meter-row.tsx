'use client';

import { createContext, type ReactNode, type RefObject, useContext, useEffect, useMemo, useRef } from 'react';
import { useSession } from '../../_session';
import { MeterPainter } from './painter';
import { MeterSurface } from './surface';

const PainterContext = createContext<MeterPainter | null>(null);

/** One painter for all the meters inside. */
export function MeterPainterProvider({ children }: { children: ReactNode }) {
  const { meters } = useSession().engine;
  const painter = useMemo(() => new MeterPainter(meters), [meters]);
  return <PainterContext value={painter}>{children}</PainterContext>;
}

export function useMeterPainter(): MeterPainter {
  const painter = useContext(PainterContext);
  if (!painter) throw new Error('meters need a MeterPainterProvider around them');
  return painter;
}

/**
 * Strips side by side with one canvas behind all of their meters (elements with `data-meter`). Looks again where they
 * stand whenever it renders or changes size.
 */
export function MeterRow(props: { scroller?: RefObject<HTMLElement | null>; className?: string; children: ReactNode }) {
  const painter = useMeterPainter();
  const content = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<MeterSurface | null>(null);
  const { scroller } = props;
  useEffect(() => {
    if (!canvas.current || !content.current) return;
    const made = new MeterSurface(canvas.current, content.current, scroller?.current ?? content.current);
    surface.current = made;
    const unfollow = made.follow();
    const remove = painter.add(made);
    return () => {
      unfollow();
      remove();
    };
  }, [painter, scroller]);
  // Whatever made this row render may have moved a strip.
  useEffect(() => surface.current?.measure());
  return (
    <div ref={content} className={`relative flex ${props.className ?? ''}`}>
      {/* Clipped: as wide as the window and moved along, it would be something to scroll to by itself. */}
      <div className="pointer-events-none absolute inset-0 overflow-clip">
        <canvas ref={canvas} className="absolute top-0 left-0" />
      </div>
      {props.children}
    </div>
  );
}
