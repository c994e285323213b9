'use client';

import { create } from 'zustand';

interface OpenLanes {
  /** The controls whose lanes are open under the waves, by key; mine alone. */
  readonly keys: readonly string[];
  /** The hand draws freely instead of moving points. */
  readonly pencil: boolean;
  /** Points fall on beats. */
  readonly snap: boolean;
}

export const useOpenLanes = create<OpenLanes>(() => ({ keys: [], pencil: false, snap: false }));

/** The lane just opened, which nobody has seen yet. */
let fresh: string | null = null;

export function openLane(key: string): void {
  const { keys } = useOpenLanes.getState();
  if (keys.includes(key)) return;
  fresh = key;
  useOpenLanes.setState({ keys: [...keys, key] });
}

/** Whether a lane was just opened: then it is brought into sight, once, and not each time the lanes come back. */
export function takeFresh(key: string): boolean {
  if (fresh !== key) return false;
  fresh = null;
  return true;
}

export function closeLane(key: string): void {
  useOpenLanes.setState(({ keys }) => ({ keys: keys.filter((one) => one !== key) }));
}
