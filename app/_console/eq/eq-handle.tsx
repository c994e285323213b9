'use client';

import { type RefObject, useRef } from 'react';
import { HandTag, handRing } from '../../_ui';
import { useHandleControls } from './handle-controls';
import { useHandleGestures } from './handle-gestures';
import type { Handle } from './handles';
import type { EqOwner } from './owner';

/** One handle of the equaliser: a numbered point on the graph, a slider to those who do not see it. */
export function EqHandle({ owner, handle, graph }: { owner: EqOwner; handle: Handle; graph: RefObject<HTMLElement | null> }) {
  const root = useRef<HTMLDivElement>(null);
  const controls = useHandleControls(owner, handle);
  const gestures = useHandleGestures(root, graph, controls);
  const { active, hand, held, main, movable, text } = controls;
  const fill = active ? { background: handle.color } : { background: 'var(--color-bg)', color: handle.color };
  return (
    <div
      ref={root}
      role="slider"
      tabIndex={0}
      aria-label={`${handle.name} handle`}
      aria-valuemin={main.row.min}
      aria-valuemax={main.row.max}
      aria-valuenow={main.value}
      aria-valuetext={hand ? `${text}, held by ${hand.user.name}` : text}
      {...(movable ? {} : { 'aria-disabled': true })}
      {...gestures}
      className={`absolute -mt-3 -ml-3 grid size-6 touch-none pointer-coarse:-mt-5 pointer-coarse:-ml-5 pointer-coarse:size-10 select-none place-items-center rounded-full ${held ? 'z-20' : 'z-10'} ${movable ? 'cursor-grab active:cursor-grabbing' : ''}`}
      style={{ left: `${controls.across * 100}%`, top: `${controls.down * 100}%` }}
    >
      <span
        data-thumb=""
        className={`grid size-5 place-items-center rounded-full border-2 font-bold text-[10px] leading-none ${active ? 'text-bg' : ''}`}
        style={{ borderColor: handle.color, ...fill, ...handRing({ hand }) }}
      >
        {handle.mark}
      </span>
      <HandTag control={{ hand, held }} short={controls.short} className="top-7 left-1/2 -translate-x-1/2" />
    </div>
  );
}
