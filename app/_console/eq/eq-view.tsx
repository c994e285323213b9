'use client';

import type { Strip } from '../../../lib/mix';
import { Choice, Toggle, ValueRow } from '../../_ui';
import { ResetButton } from '../channel/reset-button';
import { PresetMenu } from '../effects/preset-menu';
import { onStrip } from '../strip/level-section';
import { bandColor } from './colors';
import { EqGraph } from './eq-graph';
import { CUT_COLOR } from './handles';
import { BANDS } from './settings';

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
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="mx-3 flex min-h-0 flex-1 flex-col">
        <EqGraph owner={{ on: 'strip', id: strip.id, name: strip.name }} strip={strip.id} color={color} />
      </div>
      <div className="mt-1.5 flex h-[116px] shrink-0 overflow-x-auto overflow-y-hidden px-1.5">
        <div className="flex w-[68px] shrink-0 flex-col gap-1.5 pt-2 pr-1.5">
          <Toggle target={onStrip(strip, 'eq.on')}>EQ</Toggle>
          <PresetMenu of={{ on: 'strip', id: strip.id, processor: 'eq' }} name={`${strip.name} EQ`} small />
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
