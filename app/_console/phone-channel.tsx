'use client';

import { ChevronLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Strip } from '../../lib/mix';
import { Choice, Toggle, ValueRow } from '../_ui';
import { DynamicsView } from './dynamics/dynamics-view';
import { bandColor } from './eq/colors';
import { EqGraph } from './eq/eq-graph';
import { CUT_COLOR } from './eq/handles';
import { BANDS } from './eq/settings';
import { onStrip } from './strip/level-section';

export type PhonePart = 'eq' | 'dynamics';
const PARTS = [
  { id: 'eq', name: 'EQ' },
  { id: 'dynamics', name: 'Dynamics' },
] as const satisfies readonly { readonly id: PhonePart; readonly name: string }[];

interface PhoneChannelProps {
  strip: Strip;
  color: string;
  part: PhonePart;
  onPart(part: PhonePart): void;
  onBack(): void;
}

/** EQ or dynamics of one strip in full on a phone. Not among the swiped strips: fingers drag the handles here. */
export function PhoneChannel({ strip, color, part, onPart, onBack }: PhoneChannelProps) {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <section aria-label={`Channel view of ${strip.name}`} className="flex h-full min-h-0 flex-col bg-surface">
      <header className="flex h-12 shrink-0 items-center gap-2 border-b-2 px-2" style={{ borderColor: color }}>
        <button
          ref={back}
          type="button"
          aria-label="Back to the fader"
          className="grid size-11 shrink-0 place-items-center rounded-md text-quiet"
          onClick={onBack}
        >
          <ChevronLeft size={20} />
        </button>
        <h2 className="min-w-0 flex-1 truncate font-semibold text-base" style={{ color }}>
          {strip.name}
        </h2>
        {PARTS.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            aria-pressed={part === id}
            className={`h-9 rounded-md px-3 text-sm ${part === id ? 'bg-hover text-text' : 'text-quiet'}`}
            onClick={() => onPart(id)}
          >
            {name}
          </button>
        ))}
      </header>
      {part === 'eq' ? (
        <PhoneEq strip={strip} color={color} />
      ) : (
        <div className="min-h-0 flex-1 pt-2">
          <DynamicsView strip={strip} />
        </div>
      )}
    </section>
  );
}

/** What the values below the graph belong to. */
const CHOICES = [
  { id: 'hpf', mark: 'H', name: 'High-pass' },
  ...BANDS.map((band) => ({ id: `eq.${band}`, mark: String(band), name: `Band ${band}` })),
  { id: 'lpf', mark: 'L', name: 'Low-pass' },
] as const;

function PhoneEq({ strip, color }: { strip: Strip; color: string }) {
  const [chosen, setChosen] = useState('eq.1');
  const band = BANDS.find((number) => chosen === `eq.${number}`);
  const look = band === undefined ? CUT_COLOR : bandColor(band);
  const id = (parameter: string) => onStrip(strip, `${chosen}.${parameter}`);
  return (
    <div className="flex min-h-0 flex-1 flex-col px-3 pt-2 pb-3">
      <div className="flex min-h-36 flex-1 flex-col">
        <EqGraph owner={{ on: 'strip', id: strip.id, name: strip.name }} strip={strip.id} color={color} />
      </div>
      <fieldset aria-label="Band" className="mt-2 flex shrink-0 gap-1">
        {CHOICES.map(({ id: one, mark, name }) => (
          <button
            key={one}
            type="button"
            aria-pressed={chosen === one}
            aria-label={name}
            className={`h-10 flex-1 rounded-sm border-b-2 font-semibold text-sm ${chosen === one ? 'bg-hover text-text' : 'bg-raised text-quiet'}`}
            style={{ borderColor: mark === 'H' || mark === 'L' ? CUT_COLOR : bandColor(Number(mark)) }}
            onClick={() => setChosen(one)}
          >
            {mark}
          </button>
        ))}
      </fieldset>
      <div className="mt-2 flex shrink-0 flex-col gap-1">
        <div className="flex gap-1 [&>*]:flex-1">
          <Toggle target={onStrip(strip, 'eq.on')} className="!h-10">
            EQ
          </Toggle>
          <Toggle key={chosen} target={id('on')} className="!h-10">
            {CHOICES.find((choice) => choice.id === chosen)?.name}
          </Toggle>
          <Choice key={`${chosen} choice`} target={id(band === undefined ? 'slope' : 'type')} className="!h-10" />
        </div>
        <ValueRow key={`${chosen} freq`} target={id('freq')} name="Frequency" color={look} unit tall />
        {band !== undefined && (
          <>
            <ValueRow key={`${chosen} gain`} target={id('gain')} name="Gain" color={look} unit tall />
            <ValueRow key={`${chosen} q`} target={id('q')} name="Q" color={look} unit tall />
          </>
        )}
      </div>
    </div>
  );
}
