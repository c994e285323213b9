'use client';

import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Person } from '../../lib/client';
import type { Mix, Target } from '../../lib/mix';
import type { ReadableStore } from '../../lib/std';
import { useSession } from './session-context';

/** A store's value, rendered again on every change. */
export function useStore<T>(store: ReadableStore<T>): T {
  const get = () => store.get();
  return useSyncExternalStore(
    useCallback((listener) => store.subscribe(listener), [store]),
    get,
    get,
  );
}

/**
 * A part of a store's value; renders again only when the part differs (`Object.is`, or `same`), so that one strip does
 * not render because another one changed.
 */
export function usePart<T, P>(store: ReadableStore<T>, pick: (value: T) => P, same: (a: P, b: P) => boolean = Object.is): P {
  const last = useRef<{ part: P } | null>(null);
  const get = () => {
    const part = pick(store.get());
    if (last.current && same(last.current.part, part)) return last.current.part;
    last.current = { part };
    return part;
  };
  return useSyncExternalStore(
    useCallback((listener) => store.subscribe(listener), [store]),
    get,
    get,
  );
}

/** A part of the kept mix; see `usePart`. */
export function useMix<P>(pick: (mix: Mix) => P, same?: (a: P, b: P) => boolean): P {
  return usePart(useSession().desk.mix, pick, same);
}

/** A control's value as heard now, with own and others' moving hands. */
export function useValue(target: Target): number {
  return useStore(useSession().desk.value(target));
}

/** Who else holds a control now; null when nobody. */
export function useHand(target: Target): Person | null {
  return useStore(useSession().desk.hand(target));
}
