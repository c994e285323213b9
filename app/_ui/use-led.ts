'use client';

import { useEffect, useRef } from 'react';
import { leads, type Target, targetKey } from '../../lib/mix';
import { useMix, useSession } from '../_session';

/** Everything that lanes move on the page, painted once a frame beside React. */
const painters = new Set<() => void>();
let frame = 0;

function paintAll(): void {
  frame = requestAnimationFrame(paintAll);
  for (const paint of painters) paint();
}

function add(paint: () => void): () => void {
  painters.add(paint);
  if (painters.size === 1) frame = requestAnimationFrame(paintAll);
  return () => {
    painters.delete(paint);
    if (painters.size === 0) cancelAnimationFrame(frame);
  };
}

/** Calls `paint` each frame with where the control's lane has it, while one does; true if the control has one. */
export function useLed(target: Target, paint: (value: number) => void): boolean {
  const { desk } = useSession();
  const key = targetKey(target);
  const led = useMix((mix) => leads(mix.automation.get(key)));
  const latest = useRef({ target, paint });
  latest.current = { target, paint };
  useEffect(() => {
    if (!led) return;
    let last: number | null = null;
    return add(() => {
      const value = desk.led(latest.current.target);
      if (value !== null && value !== last) latest.current.paint(value);
      last = value;
    });
  }, [desk, led]);
  return led;
}
