'use client';

import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import {
  formatValue,
  type ParameterRow,
  positionOf,
  type StripId,
  shownValue,
  stepValue,
  stripRow,
  type Target,
  valueAt,
} from '../../../lib/mix';
import { useHand, useSession, useStore, useValue } from '../../_session';
import { HandTag, handRing, useHold } from '../../_ui';
import { acrossOf, decibelsAt, downOf, frequencyAt } from './axes';

/** What a handle moves: frequency across, and gain up and down where there is one; the wheel turns `turn`. */
export interface HandleOf {
  readonly name: string;
  readonly mark: string;
  readonly color: string;
  readonly on: string;
  readonly freq: string;
  readonly gain: string | null;
  readonly turn: string;
}

/** Handles of the filters run along a lane of their own, below those of the bands. */
const CUT_LANE_DB = -15;
const FINE = 0.2;
const SLACK = 2;
const WHEEL_TRAVEL = 0.04;
/** Two fingers this many times as far apart turn Q over this much of its travel. */
const PINCH_TRAVEL = 0.4;

function rowOf(parameter: string): ParameterRow {
  const row = stripRow(parameter);
  if (!row) throw new Error(`no parameter ${parameter}`);
  return row;
}

function useParameter(strip: StripId, parameter: string) {
  const target: Target = { on: 'strip', id: strip, parameter };
  const row = rowOf(parameter);
  const value = useValue(target);
  return { target, row, value, text: formatValue(row, value) };
}

interface Drag {
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  /** Where the handle was taken, as parts of the box. */
  readonly across: number;
  readonly down: number;
  moving: boolean;
}

/**
 * One handle of the equaliser. Dragging moves frequency and gain as one change; wheel, pinch or Page keys turn Q (the
 * slope, on a filter); a double press switches the band on, or puts its gain back; Escape during a drag puts all back.
 */
export function EqHandle({ strip, handle, box }: { strip: StripId; handle: HandleOf; box: RefObject<HTMLElement | null> }) {
  const root = useRef<HTMLDivElement>(null);
  const on = useParameter(strip, handle.on);
  const freq = useParameter(strip, handle.freq);
  const gain = useParameter(strip, handle.gain ?? handle.freq);
  const turn = useParameter(strip, handle.turn);
  const hasGain = handle.gain !== null;
  const place = useHold(hasGain ? [freq.target, gain.target] : [freq.target]);
  const turning = useHold([turn.target]);
  const switching = useHold([on.target]);
  const held = useStore(place.held);
  const writable = useStore(useSession().desk.writable);
  const freqHand = useHand(freq.target);
  const gainHand = useHand(gain.target);
  const hand = freqHand ?? gainHand;
  const active = on.value >= 0.5;
  const drag = useRef<Drag | null>(null);
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const turnNow = useRef({ position: 0, at: 0 });

  const put = (values: readonly [number, number]) => place.move(...(hasGain ? values : [values[0]]));
  const wakeUp = () => {
    if (!active) switching.set(1);
  };
  const reset = () => {
    if (!active) switching.set(1);
    else if (hasGain) place.set(freq.value, gain.row.default);
    else switching.set(0);
  };
  const turnBy = (travel: number, at: number) => {
    const state = turnNow.current;
    if (at - state.at > 500) state.position = positionOf(turn.row, turn.value);
    state.at = at;
    state.position = Math.min(1, Math.max(0, state.position + travel));
    turning.nudge(shownValue(turn.row, valueAt(turn.row, state.position)));
  };
  const latestTurn = useRef(turnBy);
  latestTurn.current = turnBy;

  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      if (!writable) return;
      event.preventDefault();
      const amount = Math.sign(-event.deltaY) * Math.min(1, Math.abs(event.deltaY) / 100);
      latestTurn.current(amount * WHEEL_TRAVEL * (event.shiftKey ? FINE : 1), event.timeStamp);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [writable]);

  const spread = () => {
    const [a, b] = [...fingers.current.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const end = (event: PointerEvent, how: 'release' | 'cancel') => {
    fingers.current.delete(event.pointerId);
    if (drag.current?.pointer !== event.pointerId) return;
    if (drag.current.moving) place[how]();
    drag.current = null;
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (fingers.current.size === 2 && fingers.current.has(event.pointerId)) {
      const before = spread();
      fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const after = spread();
      // Fingers apart: a wider band, a lower Q.
      if (before > 0 && after > 0) latestTurn.current(-Math.log2(after / before) * PINCH_TRAVEL, event.timeStamp);
      return;
    }
    const now = drag.current;
    const size = box.current?.getBoundingClientRect();
    if (now?.pointer !== event.pointerId || !size) return;
    const [dx, dy] = [event.clientX - now.x, event.clientY - now.y];
    if (!now.moving) {
      if (Math.hypot(dx, dy) < SLACK) return;
      if (!place.take()) {
        drag.current = null;
        return;
      }
      now.moving = true;
      wakeUp();
    }
    const slow = event.shiftKey ? FINE : 1;
    const frequency = frequencyAt(now.across + (dx / size.width) * slow);
    const decibels = decibelsAt(now.down + (dy / size.height) * slow);
    put([shownValue(freq.row, frequency), shownValue(gain.row, Math.min(gain.row.max, Math.max(gain.row.min, decibels)))]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = event.shiftKey ? FINE : 1;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => place.nudge(stepValue(freq.row, freq.value, steps), ...(hasGain ? [gain.value] : [])),
      ArrowLeft: () => place.nudge(stepValue(freq.row, freq.value, -steps), ...(hasGain ? [gain.value] : [])),
      ArrowUp: () => (hasGain ? place.nudge(freq.value, stepValue(gain.row, gain.value, steps)) : turnBy(WHEEL_TRAVEL, event.timeStamp)),
      ArrowDown: () =>
        hasGain ? place.nudge(freq.value, stepValue(gain.row, gain.value, -steps)) : turnBy(-WHEEL_TRAVEL, event.timeStamp),
      PageUp: () => turnBy(WHEEL_TRAVEL, event.timeStamp),
      PageDown: () => turnBy(-WHEEL_TRAVEL, event.timeStamp),
      Enter: () => switching.set(active ? 0 : 1),
      Delete: reset,
      Backspace: reset,
    };
    const move = moves[event.key];
    const cancel = event.key === 'Escape' && held;
    if (!move && !cancel) return;
    event.preventDefault();
    event.stopPropagation();
    if (cancel) place.cancel();
    else move?.();
  };

  const text = `${hasGain ? `${gain.text} at ` : ''}${freq.text}, ${turn.row.short} ${turn.text}${active ? '' : ', off'}`;
  const main = hasGain ? gain : freq;
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
      {...(writable && !hand ? {} : { 'aria-disabled': true })}
      className={`absolute z-10 -ml-3 -mt-3 grid size-6 touch-none place-items-center rounded-full select-none ${writable && !hand ? 'cursor-grab active:cursor-grabbing' : ''}`}
      style={{ left: `${acrossOf(freq.value) * 100}%`, top: `${downOf(hasGain ? gain.value : CUT_LANE_DB) * 100}%` }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        event.currentTarget.setPointerCapture(event.pointerId);
        if (event.altKey) return reset();
        if (drag.current) return;
        const across = acrossOf(freq.value);
        const down = downOf(hasGain ? gain.value : CUT_LANE_DB);
        drag.current = { pointer: event.pointerId, x: event.clientX, y: event.clientY, across, down, moving: false };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={(event) => end(event, 'release')}
      onPointerCancel={(event) => end(event, 'cancel')}
      onLostPointerCapture={(event) => end(event, 'release')}
      onDoubleClick={(event) => {
        event.stopPropagation();
        reset();
      }}
      onKeyDown={onKeyDown}
    >
      <span
        data-thumb=""
        className={`grid size-5 place-items-center rounded-full border-2 text-[10px] font-bold leading-none ${active ? 'text-bg' : ''}`}
        style={{
          borderColor: handle.color,
          background: active ? handle.color : 'var(--color-bg)',
          color: active ? undefined : handle.color,
          ...handRing({ hand }),
        }}
      >
        {handle.mark}
      </span>
      <HandTag
        control={{ hand, held }}
        short={hasGain ? `${gain.text} · ${freq.text}` : freq.text}
        className="top-7 left-1/2 -translate-x-1/2"
      />
    </div>
  );
}
