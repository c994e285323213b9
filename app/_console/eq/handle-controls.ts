'use client';

import { useRef } from 'react';
import type { Person } from '../../../lib/client';
import { formatValue, type ParameterRow, positionOf, shownValue, stepValue, type Target, valueAt } from '../../../lib/mix';
import { useHand, useSession, useStore, useValue } from '../../_session';
import { type Hold, useHold } from '../../_ui';
import { acrossOf, decibelsAt, downOf, frequencyAt } from './axes';
import type { Handle } from './handles';
import { type EqOwner, eqRow, eqTarget } from './owner';

/** Handles of the filters run along a lane of their own, below those of the bands. */
const CUT_LANE_DB = -15;
const TURN_REST_MS = 500;

interface Part {
  readonly target: Target;
  readonly row: ParameterRow;
  readonly value: number;
  readonly text: string;
}

function usePart(owner: EqOwner, parameter: string): Part {
  const target = eqTarget(owner, parameter);
  const row = eqRow(owner, parameter);
  if (!row) throw new Error(`no parameter ${parameter}`);
  const value = useValue(target);
  return { target, row, value, text: formatValue(row, value) };
}

/** A handle's controls, and what a hand can do with them. */
export interface HandleControls {
  readonly active: boolean;
  readonly held: boolean;
  readonly hand: Person | null;
  readonly movable: boolean;
  /** Gain where there is one, else the frequency: what the handle's slider tells. */
  readonly main: Part;
  readonly text: string;
  readonly short: string;
  /** Where it stands, as parts of the graph. */
  readonly across: number;
  readonly down: number;
  /** Frequency, and gain where there is one, in one hand. */
  readonly place: Hold;
  /** Puts it to a place of the graph while it is held. */
  moveTo(across: number, down: number): void;
  /** Key steps of frequency and gain; a filter's slope for want of a gain. */
  step(right: number, up: number, at: number): void;
  /** Turns Q or slope by a part of its travel; `at` in milliseconds, for a run of turns to add up. */
  turn(travel: number, at: number): void;
  toggle(): void;
  wake(): void;
  /** Switches on what is off; else the gain back to nothing, or the filter off. */
  reset(): void;
}

export function useHandleControls(owner: EqOwner, handle: Handle): HandleControls {
  const on = usePart(owner, handle.on);
  const freq = usePart(owner, handle.freq);
  const level = usePart(owner, handle.gain ?? handle.freq);
  const turning = usePart(owner, handle.turn);
  const gain = handle.gain === null ? null : level;
  const place = useHold(gain ? [freq.target, gain.target] : [freq.target]);
  const turnHold = useHold([turning.target]);
  const switchHold = useHold([on.target]);
  const held = useStore(place.held);
  const writable = useStore(useSession().desk.writable);
  const freqHand = useHand(freq.target);
  const levelHand = useHand(level.target);
  const hand = freqHand ?? levelHand;
  const run = useRef({ position: 0, at: Number.NEGATIVE_INFINITY });

  const active = on.value >= 0.5;
  const pair = (frequency: number, decibels: number) => (gain ? [frequency, decibels] : [frequency]);
  const turn = (travel: number, at: number) => {
    const now = run.current;
    if (at - now.at > TURN_REST_MS) now.position = positionOf(turning.row, turning.value);
    now.at = at;
    now.position = Math.min(1, Math.max(0, now.position + travel));
    turnHold.nudge(shownValue(turning.row, valueAt(turning.row, now.position)));
  };
  return {
    active,
    held,
    hand,
    movable: writable && hand === null,
    main: level,
    text: `${gain ? `${gain.text} at ` : ''}${freq.text}, ${turning.row.short} ${turning.text}${active ? '' : ', off'}`,
    short: gain ? `${gain.text} · ${freq.text}` : freq.text,
    across: acrossOf(freq.value),
    down: downOf(gain ? gain.value : CUT_LANE_DB),
    place,
    moveTo(across, down) {
      const decibels = Math.min(level.row.max, Math.max(level.row.min, decibelsAt(down)));
      place.move(...pair(shownValue(freq.row, frequencyAt(across)), gain ? shownValue(gain.row, decibels) : 0));
    },
    step(right, up, at) {
      if (!gain && up !== 0) return turn(up * 0.2, at);
      place.nudge(
        ...pair(
          right === 0 ? freq.value : stepValue(freq.row, freq.value, right),
          gain && up !== 0 ? stepValue(gain.row, gain.value, up) : level.value,
        ),
      );
    },
    turn,
    toggle: () => void switchHold.set(active ? 0 : 1),
    wake: () => void (active || switchHold.set(1)),
    reset() {
      if (!active) switchHold.set(1);
      else if (gain) place.set(freq.value, gain.row.default);
      else switchHold.set(0);
    },
  };
}
