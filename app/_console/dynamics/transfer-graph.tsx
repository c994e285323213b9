'use client';

import { type RefObject, useRef } from 'react';
import type { Target } from '../../../lib/mix';
import { type Control, HandTag, handRing, type Slide, sliderAria, useControl, useSlide } from '../../_ui';

/** Both axes, in dB. */
export const FROM_DB = -90;
export const UNTIL_DB = 6;
const SPAN = UNTIL_DB - FROM_DB;
const STEP = 2;
const LEVELS = Array.from({ length: SPAN / STEP + 1 }, (_, index) => FROM_DB + index * STEP);
const GRID = [-84, -72, -60, -48, -36, -24, -12, 0];
const LABELLED = [-72, -48, -24, 0];

/** A level's place on an axis, 0…100. */
export const placeOf = (decibels: number) => ((Math.max(FROM_DB, Math.min(UNTIL_DB, decibels)) - FROM_DB) / SPAN) * 100;

interface PointProps {
  readonly target: Target;
  readonly input: number;
  readonly output: number;
  readonly axis: Slide['axis'];
  /** Pixels for the control's whole travel, for a graph of this size. */
  readonly travel: (size: number) => number;
  readonly graph: RefObject<HTMLElement | null>;
}

function PointOf({ control, input, output, axis, travel, graph }: PointProps & { control: Control }) {
  const root = useRef<HTMLDivElement>(null);
  const slide = useSlide(root, control, { axis, travel: () => travel(graph.current?.clientWidth ?? 200) });
  return (
    <div
      ref={root}
      {...sliderAria(control, axis === 'right' ? 'horizontal' : 'vertical', `${control.label} point`)}
      {...slide}
      className={`absolute z-10 -mb-3 -ml-3 grid size-6 touch-none pointer-coarse:-mb-5 pointer-coarse:-ml-5 pointer-coarse:size-10 place-items-center rounded-full ${control.movable ? (axis === 'right' ? 'cursor-ew-resize' : 'cursor-ns-resize') : ''}`}
      style={{ left: `${placeOf(input)}%`, bottom: `${placeOf(output)}%` }}
    >
      <span data-thumb="" className="size-3.5 rounded-full border-2 border-accent bg-bg" style={handRing(control)} />
      <HandTag control={control} short={control.text} className="top-6 left-1/2 -translate-x-1/2" />
    </div>
  );
}

/** A place on the curve that can be dragged: a threshold sideways, a ratio up and down. */
export function GraphPoint(props: PointProps) {
  const control = useControl(props.target);
  return control && <PointOf {...props} control={control} />;
}

interface GraphProps {
  readonly out: (level: number) => number;
  readonly on: boolean;
  readonly graph: RefObject<HTMLDivElement | null>;
  readonly dot: RefObject<HTMLSpanElement | null>;
  readonly children: React.ReactNode;
}

/** Level in across, level out up, with the curve between them and a dot where the sound is now. */
export function TransferGraph({ out, on, graph, dot, children }: GraphProps) {
  const line = LEVELS.map((level) => `${placeOf(level).toFixed(2)} ${(100 - placeOf(out(level))).toFixed(2)}`).join('L');
  return (
    <div ref={graph} className="relative aspect-square h-full min-w-32 rounded-sm bg-bg">
      <svg aria-hidden="true" viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute inset-0 h-full w-full overflow-hidden">
        {GRID.map((decibels) => (
          <path
            key={decibels}
            d={`M${placeOf(decibels)} 0V100M0 ${100 - placeOf(decibels)}H100`}
            stroke="var(--color-line)"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        <path d="M0 100L100 0" stroke="var(--color-line-strong)" strokeDasharray="3 3" vectorEffect="non-scaling-stroke" />
        <path
          d={`M${line}`}
          fill="none"
          stroke={on ? 'var(--color-accent)' : 'var(--color-quiet)'}
          strokeWidth={2}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      {LABELLED.map((decibels) => (
        <span
          key={decibels}
          aria-hidden="true"
          className="absolute bottom-0.5 -translate-x-1/2 text-[9px] text-quiet leading-none"
          style={{ left: `${placeOf(decibels)}%` }}
        >
          {String(decibels).replace('-', '−')}
        </span>
      ))}
      <span
        ref={dot}
        aria-hidden="true"
        className="pointer-events-none absolute -mb-1 -ml-1 hidden size-2 rounded-full bg-solo shadow-[0_0_6px_var(--color-solo)]"
      />
      {children}
    </div>
  );
}
