'use client';

import { type RefObject, useEffect, useRef } from 'react';
import type { StripId } from '../../lib/mix';
import { useSession, useStore } from '../_session';
import { useDensity } from './density';
import { MeterPainterProvider, MeterRow } from './meters/meter-row';
import { useAuxes, useMaster, useStripsInRow } from './row';
import { ScrollEdges } from './scroll-edges';
import { AddStrip } from './strip/add-strip';
import { MasterStrip } from './strip/master-strip';
import { ConsoleStrip } from './strip/strip';
import { VcaStrip } from './strip/vca-strip';
import { recallStripWidth, stripWidth } from './strip-width';

/** A strip selected elsewhere, on a lane or by key, comes into sight; the hand that is on a strip moves nothing under itself. */
function useSelectedInSight(scroller: RefObject<HTMLElement | null>, selected: StripId | null) {
  useEffect(() => {
    const row = scroller.current;
    if (!row || selected === null || row.contains(document.activeElement)) return;
    row.querySelector(`[data-strip="${CSS.escape(selected)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [scroller, selected]);
}

/** The console: strips in a scrolled row, the master pinned beside it. Fills its box. */
export function Console() {
  const box = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const density = useDensity(box);
  const strips = useStripsInRow();
  const auxes = useAuxes();
  const master = useMaster();
  const width = useStore(stripWidth);
  useEffect(recallStripWidth, []);
  useSelectedInSight(scroller, useStore(useSession().selected));
  return (
    <MeterPainterProvider>
      <section ref={box} aria-label="Console" className="flex h-full min-h-0 min-w-0 bg-surface text-xs">
        <div className="relative h-full min-w-0 flex-1">
          <ScrollEdges scroller={scroller} what="strips" />
          <div ref={scroller} data-strips="" className="h-full w-full scroll-px-6 overflow-x-auto overflow-y-hidden">
            <MeterRow scroller={scroller} className="h-full w-max min-w-full">
              {strips.map((strip, index) => (
                <div
                  key={strip.id}
                  className={`flex ${index > 0 && strips[index - 1]?.kind !== strip.kind ? 'border-line-strong border-l-2' : ''}`}
                >
                  {strip.kind === 'vca' ? (
                    <VcaStrip strip={strip} sendLines={auxes.length} density={density} width={width} />
                  ) : (
                    <ConsoleStrip strip={strip} auxes={auxes} density={density} width={width} />
                  )}
                </div>
              ))}
              {strips.length > 0 && <AddStrip />}
              {strips.length === 0 && (
                <p className="p-4 text-quiet text-sm">No strips yet. Drop your stems on this page, and each becomes a strip.</p>
              )}
            </MeterRow>
          </div>
        </div>
        {master && (
          <MeterRow className="h-full shrink-0 border-line-strong border-l">
            <MasterStrip strip={master} sendLines={auxes.length} density={density} />
          </MeterRow>
        )}
      </section>
    </MeterPainterProvider>
  );
}
