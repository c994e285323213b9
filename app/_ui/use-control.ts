'use client';

import { useEffect, useRef, useState } from 'react';
import type { Desk, Person } from '../../lib/client';
import { formatValue, type ParameterRow, parseValue, positionOf, rowOf, type Target, targetKey } from '../../lib/mix';
import { useHand, useMix, useSession, useStore, useValue } from '../_session';
import { Hold } from './hold';
import { tellRefusal } from './refusal';
import { targetLabel } from './target-label';

/** One control of the desk as a knob, fader or switch needs it. */
export interface Control {
  readonly target: Target;
  readonly row: ParameterRow;
  /** Full name for those who do not see where it sits: "Kick Fader". */
  readonly label: string;
  readonly value: number;
  /** 0…1 on its travel. */
  readonly position: number;
  /** The value with its unit. */
  readonly text: string;
  readonly hold: Hold;
  /** My own hand is on it. */
  readonly held: boolean;
  /** Somebody else's hand is on it. */
  readonly hand: Person | null;
  /** This role may move it, and nobody else holds it. */
  readonly movable: boolean;
  readonly typing: boolean;
  setTyping(typing: boolean): void;
  set(value: number): void;
  reset(): void;
  /** Takes what was typed; false where it means nothing here. */
  type(text: string): boolean;
}

/** A hand for controls that move together; lets go when the component goes. */
export function useHold(targets: readonly Target[]): Hold {
  const { desk } = useSession();
  const key = targets.map(targetKey).join(' ');
  const kept = useRef<{ readonly desk: Desk; readonly key: string; readonly hold: Hold } | null>(null);
  // The targets are made anew on every render; the key tells whether they are others.
  if (kept.current?.desk !== desk || kept.current.key !== key) kept.current = { desk, key, hold: new Hold(desk, targets, tellRefusal) };
  const { hold } = kept.current;
  useEffect(() => () => hold.release(), [hold]);
  return hold;
}

/** Wires a control to the desk; null where the mix has no such control (its strip was just removed). */
export function useControl(target: Target): Control | null {
  const { desk } = useSession();
  const row = useMix((mix) => rowOf(mix, target));
  const label = useMix((mix) => targetLabel(mix, target));
  const value = useValue(target);
  const hand = useHand(target);
  const writable = useStore(desk.writable);
  const hold = useHold([target]);
  const held = useStore(hold.held);
  const [typing, setTyping] = useState(false);
  if (!row) return null;
  return {
    target,
    row,
    label,
    value,
    position: positionOf(row, value),
    text: formatValue(row, value),
    hold,
    held,
    hand,
    movable: writable && hand === null,
    typing,
    setTyping,
    set: (next) => void hold.set(next),
    reset: () => void hold.set(row.default),
    type(text) {
      const typed = parseValue(row, text);
      if (typed === null) return false;
      hold.set(typed);
      return true;
    },
  };
}
