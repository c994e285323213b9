'use client';

import { useRef } from 'react';
import { formatShort, positionOf, type Target } from '../../lib/mix';
import { HandTag, handRing } from './hand-tag';
import { LedMark } from './led-mark';
import { type Control, useControl } from './use-control';
import { useLed } from './use-led';
import { useReturnFocus } from './use-return-focus';
import { sliderAria, useSlide } from './use-slide';
import { ValueEntry } from './value-entry';

/** Pixels of a drag for the whole way round. */
const TRAVEL = 160;
const SWEEP = 270;
const RADIUS = 9;

function point(position: number, radius: number): string {
  const angle = ((position * SWEEP - SWEEP / 2 - 90) * Math.PI) / 180;
  return `${(12 + radius * Math.cos(angle)).toFixed(2)} ${(12 + radius * Math.sin(angle)).toFixed(2)}`;
}

function arc(from: number, to: number): string {
  const [start, end] = from < to ? [from, to] : [to, from];
  return `M${point(start, RADIUS)} A${RADIUS} ${RADIUS} 0 ${(end - start) * SWEEP > 180 ? 1 : 0} 1 ${point(end, RADIUS)}`;
}

const handAt = (position: number) => `M${point(position, 2)} L${point(position, 7)}`;

/** Where the arc of the value begins: at zero for what goes both ways, else at the least. */
function restOf({ row }: Control): number {
  return row.law === 'linear' && row.min < 0 && row.max > 0 ? positionOf(row, 0) : 0;
}

function KnobFace({ control, size, color }: { control: Control; size: number; color: string }) {
  const rest = restOf(control);
  return (
    <svg aria-hidden="true" data-thumb="" width={size} height={size} viewBox="0 0 24 24" className="rounded-full" style={handRing(control)}>
      <path d={arc(0, 1)} fill="none" stroke="var(--color-line)" strokeWidth={3} strokeLinecap="round" />
      {Math.abs(control.position - rest) > 0.004 && (
        <path d={arc(rest, control.position)} fill="none" stroke={color} strokeWidth={3} strokeLinecap="round" />
      )}
      <path data-hand="" d={handAt(control.position)} stroke={color} strokeWidth={2} strokeLinecap="round" />
    </svg>
  );
}

interface KnobLook {
  readonly color?: string;
  /** `row`: a small knob with its value beside it; `tile`: name, knob and value over each other. */
  readonly look?: 'row' | 'tile';
}

function KnobOf({ target, control, color = 'var(--color-accent)', look = 'tile' }: KnobLook & { target: Target; control: Control }) {
  const root = useRef<HTMLDivElement>(null);
  const slide = useSlide(root, control, { travel: () => TRAVEL, axis: 'up or right' });
  useReturnFocus(root, control.typing);
  const led = useLed(target, (value) => {
    const hand = root.current?.querySelector('[data-hand]');
    hand?.setAttribute('d', handAt(positionOf(control.row, value)));
  });
  const tile = look === 'tile';
  const box = tile ? 'w-[54px] flex-col gap-0.5 py-1' : 'h-6 justify-center gap-2 @max-[60px]:gap-0.5';
  return (
    <div
      ref={root}
      {...sliderAria(control, 'horizontal')}
      {...slide}
      className={`relative flex touch-none items-center rounded-sm text-2xs select-none ${box} ${control.movable ? 'cursor-ns-resize' : ''}`}
    >
      {tile && <span className="w-full truncate text-center text-quiet">{control.row.short}</span>}
      {led && <LedMark />}
      <KnobFace control={control} size={tile ? 34 : 22} color={color} />
      <span className={`text-text ${tile ? 'whitespace-nowrap' : 'w-7 text-left'}`}>
        {tile ? control.text : formatShort(control.row, control.value)}
      </span>
      {control.hand && (
        <HandTag control={control} short={formatShort(control.row, control.value)} className="bottom-0 left-1/2 -translate-x-1/2" />
      )}
      {control.typing && <ValueEntry control={control} className="top-1/2 left-1/2 -translate-1/2" />}
    </div>
  );
}

/** A continuous parameter as a knob. */
export function Knob({ target, ...look }: KnobLook & { target: Target }) {
  const control = useControl(target);
  return control && <KnobOf target={target} control={control} {...look} />;
}
