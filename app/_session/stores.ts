'use client';

import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
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

/** The values of several controls as heard now; the same array until one of them moves. `targets` must be memoised. */
export function useValues(targets: readonly Target[]): readonly number[] {
  const { desk } = useSession();
  const stores = useMemo(() => targets.map((target) => desk.value(target)), [desk, targets]);
  const last = useRef<readonly number[]>([]);
  const get = () => {
    const before = last.current;
    if (before.length !== stores.length || stores.some((store, index) => !Object.is(store.get(), before[index])))
      last.current = stores.map((store) => store.get());
    return last.current;
  };
  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = stores.map((store) => store.subscribe(listener));
      return () => {
        for (const one of leave) one();
      };
    },
    [stores],
  );
  return useSyncExternalStore(subscribe, get, get);
}
