'use client';

import { useEffect, useRef } from 'react';
import { type Strip, shownValue, stripRow, type Target } from '../../../lib/mix';
import { useSession, useStore } from '../../_session';
import { tell } from '../../_shell/toasts';
import { onStrip } from '../strip/level-section';
import { acrossOf, decibelsAt, frequencyAt } from './axes';
import { Curves } from './curves';
import { EqGrid, PianoKeys } from './eq-grid';
import { EqHandle } from './eq-handle';
import { handlesOf } from './handles';
import { shapes } from './response';
import { BANDS, type EqSettings, useEqSettings } from './settings';
import { Spectrum } from './spectrum';

/** The band that a double press on the empty graph should use: one that does nothing yet, the nearest in frequency. */
function freeBand(settings: EqSettings, frequency: number): number | null {
  const free = BANDS.filter((band) => {
    const one = settings.bands[band - 1];
    return one && !shapes(one);
  });
  const away = (band: number) => Math.abs(acrossOf(settings.bands[band - 1]?.freq ?? 20) - acrossOf(frequency));
  return free.sort((a, b) => away(a) - away(b))[0] ?? null;
}

function shown(parameter: string, value: number): number {
  const row = stripRow(parameter);
  return row ? shownValue(row, value) : value;
}

function useAddBand(strip: Strip, settings: EqSettings) {
  const { desk } = useSession();
  return (graph: HTMLElement, event: MouseEvent) => {
    if (!desk.writable.get() || event.target !== graph) return;
    const size = graph.getBoundingClientRect();
    const frequency = frequencyAt((event.clientX - size.left) / size.width);
    const band = freeBand(settings, frequency);
    if (band === null) {
      tell({ level: 'info', text: 'All six bands are in use. Double-click a handle to free one.' });
      return;
    }
    const to = (name: string): Target => onStrip(strip, `eq.${band}.${name}`);
    const gain = Math.min(18, Math.max(-18, decibelsAt((event.clientY - size.top) / size.height)));
    const moves = [
      [to('on'), 1],
      [to('type'), 0],
      [to('freq'), shown(`eq.${band}.freq`, frequency)],
      [to('gain'), shown(`eq.${band}.gain`, gain)],
    ] as const;
    const done = desk.set(...moves);
    if (!done.ok) tell({ level: 'warning', text: done.error });
  };
}

/** Curves over the live spectrum, with a handle for each band and filter; a double press where there is none adds one. */
export function EqGraph({ strip, color }: { strip: Strip; color: string }) {
  const graph = useRef<HTMLDivElement>(null);
  const settings = useEqSettings(strip.id);
  const writable = useStore(useSession().desk.writable);
  const addBand = useAddBand(strip, settings);
  const latest = useRef(addBand);
  latest.current = addBand;
  // A shortcut for the mouse on what is only a background; the handles do the same by keyboard.
  useEffect(() => {
    const element = graph.current;
    if (!element) return;
    const add = (event: MouseEvent) => latest.current(element, event);
    element.addEventListener('dblclick', add);
    return () => element.removeEventListener('dblclick', add);
  }, []);
  return (
    <>
      <div className="relative min-h-0 flex-1 rounded-t-sm bg-bg">
        <Spectrum key={strip.id} strip={strip.id} />
        <EqGrid />
        <Curves settings={settings} color={color} />
        <div ref={graph} className="absolute inset-0" title={writable ? 'Double-click to add a band here' : undefined}>
          {handlesOf(strip).map((handle) => (
            <EqHandle key={`${strip.id} ${handle.freq}`} strip={strip.id} handle={handle} graph={graph} />
          ))}
        </div>
      </div>
      <PianoKeys />
    </>
  );
}
