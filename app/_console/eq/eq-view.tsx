'use client';

import { type MouseEvent, useRef } from 'react';
import { type Strip, shownValue, stripRow, type Target } from '../../../lib/mix';
import { useSession, useStore } from '../../_session';
import { tell } from '../../_shell/toasts';
import { Choice, Toggle, ValueRow } from '../../_ui';
import { ResetButton } from '../channel/reset-button';
import { onStrip } from '../strip/level-section';
import { acrossOf, decibelsAt, frequencyAt } from './axes';
import { bandColor } from './colors';
import { Curves } from './curves';
import { EqGrid, PianoKeys } from './eq-grid';
import { EqHandle } from './eq-handle';
import { CUT_COLOR, handlesOf } from './handles';
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
  return (event: MouseEvent<HTMLElement>) => {
    if (!desk.writable.get() || event.target !== event.currentTarget) return;
    const size = event.currentTarget.getBoundingClientRect();
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

const COLUMN = 'flex min-w-0 flex-1 flex-col gap-px border-line border-l px-1.5 pt-1.5';

function Band({ strip, band }: { strip: Strip; band: number }) {
  const id = (name: string) => onStrip(strip, `eq.${band}.${name}`);
  const color = bandColor(band);
  return (
    <div className={`${COLUMN} min-w-[104px] border-t-2`} style={{ borderTopColor: color }}>
      <div className="mb-1 flex items-center gap-1">
        <Toggle target={id('on')} className="!w-6">
          {band}
        </Toggle>
        <Choice target={id('type')} className="min-w-0 flex-1" />
      </div>
      <ValueRow target={id('freq')} name="Freq" color={color} unit />
      <ValueRow target={id('gain')} name="Gain" color={color} unit />
      <ValueRow target={id('q')} name="Q" color={color} unit />
    </div>
  );
}

function Cut({ strip, which, name }: { strip: Strip; which: 'hpf' | 'lpf'; name: string }) {
  return (
    <div className={`${COLUMN} min-w-[92px] border-t-2`} style={{ borderTopColor: CUT_COLOR }}>
      <div className="mb-1 flex">
        <Toggle target={onStrip(strip, `${which}.on`)} className="!px-1.5">
          {name}
        </Toggle>
      </div>
      <ValueRow target={onStrip(strip, `${which}.freq`)} name="Freq" color={CUT_COLOR} unit />
      <Choice target={onStrip(strip, `${which}.slope`)} className="mt-px w-full" />
    </div>
  );
}

/** The large equaliser: curves over the live spectrum, a handle for each band and filter, and every value as a knob. */
export function EqView({ strip, color }: { strip: Strip; color: string }) {
  const graph = useRef<HTMLDivElement>(null);
  const settings = useEqSettings(strip.id);
  const writable = useStore(useSession().desk.writable);
  const addBand = useAddBand(strip, settings);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="mx-3 flex min-h-0 flex-1 flex-col">
        <div className="relative min-h-0 flex-1 rounded-t-sm bg-bg">
          <Spectrum strip={strip.id} />
          <EqGrid />
          <Curves settings={settings} color={color} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; the handles do the same by keyboard */}
          <div
            ref={graph}
            className="absolute inset-0"
            title={writable ? 'Double-click to add a band here' : undefined}
            onDoubleClick={addBand}
          >
            {handlesOf(strip).map((handle) => (
              <EqHandle key={`${strip.id} ${handle.freq}`} strip={strip.id} handle={handle} graph={graph} />
            ))}
          </div>
        </div>
        <PianoKeys />
      </div>
      <div className="mt-1.5 flex h-[116px] shrink-0 overflow-x-auto overflow-y-hidden px-1.5">
        <div className="flex w-11 shrink-0 flex-col gap-1.5 pt-2 pr-1.5">
          <Toggle target={onStrip(strip, 'eq.on')}>EQ</Toggle>
          <ResetButton strip={strip} processor="eq" name="the EQ" />
        </div>
        <Cut strip={strip} which="hpf" name="High-pass" />
        {BANDS.map((band) => (
          <Band key={band} strip={strip} band={band} />
        ))}
        <Cut strip={strip} which="lpf" name="Low-pass" />
      </div>
    </div>
  );
}
