'use client';

import { memo, useRef } from 'react';
import { FADER_MARKS, formatShort, positionOf, type Target } from '../../lib/mix';
import { HandTag, handRing } from './hand-tag';
import { LedMark } from './led-mark';
import { type Control, useControl } from './use-control';
import { useLed } from './use-led';
import { useReturnFocus } from './use-return-focus';
import { sliderAria, useSlide } from './use-slide';
import { ValueEntry } from './value-entry';

/** Sizes in pixels: the cap (half of it stays free above and below the travel), and where cap and scale stand. */
const SIZES = {
  strip: { cap: 34, left: 21, width: 22, labels: 20, text: 'text-[10px]' },
  /** Without numbers: there is no room for them. */
  narrow: { cap: 34, left: 4, width: 20, labels: 0, text: 'hidden' },
  large: { cap: 56, left: 40, width: 68, labels: 34, text: 'text-xs' },
} as const;
/** The numbers that a short fader keeps. */
const SPARSE: ReadonlySet<number> = new Set([10, 0, -10, -30, -120]);
export type FaderSize = keyof typeof SIZES;

/** What stays free of travel at the top and bottom of a fader, in pixels; a meter beside it leaves the same. */
export function faderMargin(size: FaderSize): number {
  return SIZES[size].cap / 2;
}

/** Where a position on the travel stands in the fader's box, as CSS. */
function onTravel(position: number, cap: number): string {
  return `calc(${cap / 2}px + (100% - ${cap}px) * ${1 - position})`;
}

/** The printed scale, and the 0 dB line. It never changes, and renders once. */
const FaderScale = memo(function FaderScale({ size }: { size: FaderSize }) {
  const { cap, labels, left, width, text } = SIZES[size];
  return (
    <span aria-hidden="true" className="pointer-events-none absolute inset-0 text-quiet [container-type:size]">
      {FADER_MARKS.map(({ decibels, position }) => (
        <span key={decibels} className="absolute left-0 flex h-0 items-center" style={{ top: onTravel(position, cap) }}>
          <span
            className={`shrink-0 pr-1 text-right leading-none ${text} ${SPARSE.has(decibels) ? '' : '[@container_(max-height:150px)]:invisible'}`}
            style={{ width: labels }}
          >
            {decibels <= -120 ? '∞' : Math.abs(decibels)}
          </span>
          <span className={`h-px ${decibels === 0 ? 'bg-quiet' : 'bg-line-strong'}`} style={{ width: left + width - labels }} />
        </span>
      ))}
    </span>
  );
});

function Cap({ control, color, size }: { control: Control; color: string; size: FaderSize }) {
  const { cap, left, width } = SIZES[size];
  return (
    <span
      data-thumb=""
      aria-hidden="true"
      className="absolute flex -translate-y-1/2 items-center rounded-sm border border-line-strong bg-linear-to-b from-[#566172] via-[#39424f] to-[#566172] shadow-[0_2px_4px_rgb(0_0_0/0.5)]"
      style={{ left, width, height: cap, top: onTravel(control.position, cap), ...handRing(control) }}
    >
      <span className="h-0.5 w-full" style={{ background: color }} />
    </span>
  );
}

function FaderOf({ target, control, color, size }: { target: Target; control: Control; color: string; size: FaderSize }) {
  const root = useRef<HTMLDivElement>(null);
  const { cap, left, width } = SIZES[size];
  const slide = useSlide(root, control, { axis: 'up', travel: () => Math.max(1, (root.current?.clientHeight ?? 1) - cap) });
  useReturnFocus(root, control.typing);
  const short = formatShort(control.row, control.value);
  const led = useLed(target, (value) => {
    const thumb = root.current?.querySelector<HTMLElement>('[data-thumb]');
    if (thumb) thumb.style.top = onTravel(positionOf(control.row, value), cap);
  });
  const below = { top: `min(calc(100% - 18px), calc(${onTravel(control.position, cap)} + ${cap / 2 + 4}px))` };
  return (
    <div
      ref={root}
      {...sliderAria(control, 'vertical')}
      {...slide}
      className={`relative h-full w-full touch-pan-x rounded-sm select-none ${control.movable ? 'cursor-grab active:cursor-grabbing' : ''}`}
    >
      <FaderScale size={size} />
      {led && <LedMark />}
      <span
        aria-hidden="true"
        className="absolute w-1 rounded-full bg-black"
        style={{ left: left + width / 2 - 2, top: cap / 2, bottom: cap / 2 }}
      />
      <Cap control={control} color={color} size={size} />
      <span
        className="pointer-events-none absolute z-20 flex h-4 justify-center"
        style={{ ...below, left: left + width / 2 - 32, width: 64 }}
      >
        <HandTag control={control} short={short} />
      </span>
      {control.typing && <ValueEntry control={control} className="top-1/2 left-0" />}
    </div>
  );
}

/** A level on its scale; fills its box. `color` marks the cap. */
export function Fader({ target, color, size = 'strip' }: { target: Target; color: string; size?: FaderSize }) {
  const control = useControl(target);
  return control && <FaderOf target={target} control={control} color={color} size={size} />;
}
