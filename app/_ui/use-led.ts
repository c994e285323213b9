'use client';

import { useEffect, useRef } from 'react';
import { leads, type Target, targetKey } from '../../lib/mix';
import { useMix, useSession } from '../_session';
import { onFrame } from '../_shell/frame';

/** Calls `paint` on every picture with where the control's lane has it, while one does; true if the control has one. */
export function useLed(target: Target, paint: (value: number) => void): boolean {
  const { desk } = useSession();
  const key = targetKey(target);
  const led = useMix((mix) => leads(mix.automation.get(key)));
  const latest = useRef({ target, paint });
  latest.current = { target, paint };
  useEffect(() => {
    if (!led) return;
    let last: number | null = null;
    return onFrame(() => {
      const value = desk.led(latest.current.target);
      if (value !== null && value !== last) latest.current.paint(value);
      last = value;
    });
  }, [desk, led]);
  return led;
}
