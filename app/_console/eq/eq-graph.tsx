'use client';

import { useEffect, useRef, useState } from 'react';
import { type StripId, shownValue } from '../../../lib/mix';
import { StripChoice } from '../../_meters/strip-choice';
import { useSession, useStore } from '../../_session';
import { tell } from '../../_shell/toasts';
import { acrossOf, decibelsAt, frequencyAt } from './axes';
import { Curves } from './curves';
import { EqGrid, PianoKeys } from './eq-grid';
import { EqHandle } from './eq-handle';
import { handlesOf } from './handles';
import { type EqOwner, eqRow, eqTarget } from './owner';
import { shapes } from './response';
import { BANDS, type EqSettings, useEqSettings } from './settings';
import { OtherSpectrum, Spectrum } from './spectrum';

/** The band that a double press on the empty graph should use: one that does nothing yet, the nearest in frequency. */
function freeBand(settings: EqSettings, frequency: number): number | null {
  const free = BANDS.filter((band) => {
    const one = settings.bands[band - 1];
    return one && !shapes(one);
  });
  const away = (band: number) => Math.abs(acrossOf(settings.bands[band - 1]?.freq ?? 20) - acrossOf(frequency));
  return free.sort((a, b) => away(a) - away(b))[0] ?? null;
}

function shown(owner: EqOwner, parameter: string, value: number): number {
  const row = eqRow(owner, parameter);
  return row ? shownValue(row, value) : value;
}

function useAddBand(owner: EqOwner, settings: EqSettings) {
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
    const to = (name: string) => eqTarget(owner, `eq.${band}.${name}`);
    const gain = Math.min(18, Math.max(-18, decibelsAt((event.clientY - size.top) / size.height)));
    const moves = [
      [to('on'), 1],
      [to('type'), 0],
      [to('freq'), shown(owner, `eq.${band}.freq`, frequency)],
      [to('gain'), shown(owner, `eq.${band}.gain`, gain)],
    ] as const;
    const done = desk.set(...moves);
    if (!done.ok) tell({ level: 'warning', text: done.error });
  };
}

/**
 * Curves over the live spectrum of `strip`, by choice with another strip's behind it, and a handle for each band and filter; a double
 * press where there is none adds one.
 */
export function EqGraph({ owner, strip, color }: { owner: EqOwner; strip: StripId; color: string }) {
  const graph = useRef<HTMLDivElement>(null);
  const settings = useEqSettings(owner);
  const [other, setOther] = useState<StripId | null>(null);
  const writable = useStore(useSession().desk.writable);
  const addBand = useAddBand(owner, settings);
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
        {other !== null && other !== strip && <OtherSpectrum key={other} strip={other} />}
        <Spectrum key={strip} strip={strip} />
        <EqGrid />
        <Curves settings={settings} color={color} />
        <div ref={graph} className="absolute inset-0" title={writable ? 'Double-click to add a band here' : undefined}>
          {handlesOf(owner).map((handle) => (
            <EqHandle key={`${owner.id} ${handle.freq}`} owner={owner} handle={handle} graph={graph} />
          ))}
        </div>
        <div className="absolute top-1 right-9 z-10 w-36">
          <StripChoice label="Spectrum of another strip behind this one" value={other} none="Compare with …" onChoose={setOther} />
        </div>
      </div>
      <PianoKeys />
    </>
  );
}
