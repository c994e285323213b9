'use client';

import { memo, useRef } from 'react';
import { FADER_MARKS, formatShort, type Target } from '../../lib/mix';
import { HandTag, handRing } from './hand-tag';
import { type Control, useControl } from './use-control';
import { useReturnFocus } from './use-return-focus';
import { sliderAria, useSlide } from './use-slide';
import { ValueEntry } from './value-entry';

/** Height of the cap in pixels; half of it stays free above and below the travel. */
export const CAP_HEIGHT = 34;

/** Where a position on the travel stands in a box of any height, as CSS. */
export function onTravel(position: number): string {
  return `calc(${CAP_HEIGHT / 2}px + (100% - ${CAP_HEIGHT}px) * ${1 - position})`;
}

/** The printed scale, and the 0 dB line. It never changes, and renders once. */
const FaderScale = memo(function FaderScale() {
  return (
    <span aria-hidden="true" className="pointer-events-none absolute inset-0 text-quiet">
      {FADER_MARKS.map(({ decibels, position }) => (
        <span key={decibels} className="absolute inset-x-0 flex h-0 items-center" style={{ top: onTravel(position) }}>
          <span className="w-5 shrink-0 pr-1 text-right text-[9px] leading-none">{decibels <= -120 ? '∞' : Math.abs(decibels)}</span>
          <span className={`h-px w-6 ${decibels === 0 ? 'bg-line-strong' : 'bg-line'}`} />
        </span>
      ))}
    </span>
  );
});

function Cap({ control, color }: { control: Control; color: string }) {
  return (
    <span
      data-thumb=""
      aria-hidden="true"
      className="absolute left-[21px] flex w-[22px] -translate-y-1/2 items-center rounded-sm border border-line-strong bg-linear-to-b from-[#4a5464] via-[#39424f] to-[#4a5464] shadow-[0_2px_4px_rgb(0_0_0/0.5)]"
      style={{ height: CAP_HEIGHT, top: onTravel(control.position), ...handRing(control) }}
    >
      <span className="h-0.5 w-full" style={{ background: color }} />
    </span>
  );
}

function FaderOf({ control, color }: { control: Control; color: string }) {
  const root = useRef<HTMLDivElement>(null);
  const slide = useSlide(root, control, { travel: () => Math.max(1, (root.current?.clientHeight ?? 1) - CAP_HEIGHT) });
  useReturnFocus(root, control.typing);
  const short = formatShort(control.row, control.value);
  const beside = { top: `min(calc(100% - 18px), calc(${onTravel(control.position)} + ${CAP_HEIGHT / 2 + 4}px))` };
  return (
    <div
      ref={root}
      {...sliderAria(control, 'vertical')}
      {...slide}
      className={`relative h-full w-full touch-pan-x rounded-sm select-none ${control.movable ? 'cursor-grab active:cursor-grabbing' : ''}`}
    >
      <FaderScale />
      <span
        aria-hidden="true"
        className="absolute left-[30px] w-1 rounded-full bg-black"
        style={{ top: CAP_HEIGHT / 2, bottom: CAP_HEIGHT / 2 }}
      />
      <Cap control={control} color={color} />
      <span className="pointer-events-none absolute inset-x-0 z-20 flex h-4 justify-center" style={beside}>
        <HandTag control={control} short={short} />
      </span>
      {control.typing && <ValueEntry control={control} className="top-1/2 left-0" />}
    </div>
  );
}

/** A level on its scale; fills its box. `color` marks the cap. */
export function Fader({ target, color }: { target: Target; color: string }) {
  const control = useControl(target);
  return control && <FaderOf control={control} color={color} />;
}
