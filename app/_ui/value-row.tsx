'use client';

import { useRef } from 'react';
import { formatShort, type Target } from '../../lib/mix';
import { HandTag, handRing } from './hand-tag';
import { type Control, useControl } from './use-control';
import { useReturnFocus } from './use-return-focus';
import { sliderAria, useSlide } from './use-slide';
import { ValueEntry } from './value-entry';

const TRAVEL = 140;

interface Look {
  readonly name: string;
  readonly color?: string;
  /** For fingers. */
  readonly tall?: boolean;
  /** With the unit, where there is room. */
  readonly unit?: boolean;
}

function ValueRowOf({ control, name, color = 'var(--color-accent)', tall = false, unit = false }: Look & { control: Control }) {
  const root = useRef<HTMLDivElement>(null);
  const slide = useSlide(root, control, { travel: () => TRAVEL, axis: 'up or right' });
  useReturnFocus(root, control.typing);
  const closed = control.row.law === 'fader' && control.position === 0;
  const short = unit ? control.text : formatShort(control.row, control.value);
  return (
    <div
      ref={root}
      {...sliderAria(control, 'horizontal')}
      {...slide}
      className={`relative flex ${tall ? 'h-10 shrink-0' : 'h-6'} w-full touch-pan-x items-center gap-0.5 rounded-sm bg-raised px-1 text-2xs select-none ${control.movable ? 'cursor-ew-resize' : ''}`}
      style={handRing(control)}
    >
      <span
        aria-hidden="true"
        className="absolute bottom-0 left-0 h-0.5 rounded-sm opacity-80"
        style={{ width: `${control.position * 100}%`, background: color }}
      />
      <span className={`min-w-0 flex-1 truncate @max-[60px]:text-clip ${closed ? 'text-quiet' : 'text-text'}`}>{name}</span>
      <span className={`whitespace-nowrap ${closed ? 'text-quiet' : 'text-text'}`}>{short}</span>
      {control.hand && <HandTag control={control} short="" className="top-px left-0.5 !leading-4" />}
      {control.typing && <ValueEntry control={control} className="top-1/2 left-1/2 -translate-1/2" />}
    </div>
  );
}

/** A continuous parameter as one narrow line: name, value, and how far it is turned up. Dragged sideways or upwards. */
export function ValueRow({ target, ...look }: Look & { target: Target }) {
  const control = useControl(target);
  return control && <ValueRowOf control={control} {...look} />;
}
