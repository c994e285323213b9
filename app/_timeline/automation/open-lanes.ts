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

export function openLane(key: string): void {
  useOpenLanes.setState(({ keys }) => (keys.includes(key) ? {} : { keys: [...keys, key] }));
}

export function closeLane(key: string): void {
  useOpenLanes.setState(({ keys }) => ({ keys: keys.filter((one) => one !== key) }));
}
