'use client';

import { useRef } from 'react';
import { useSession } from '../_session';
import { useFrame } from '../_shell/frame';

const BARS = [0, 1, 2, 3] as const;
/** From −48 dBFS up, 12 dB a bar. */
const FIRST_DB = -48;
const STEP_DB = 12;

/** How many bars a level lights, 0 to 4. */
export function barsOf(level: number): number {
  const above = 20 * Math.log10(Math.max(level, 1e-6)) - FIRST_DB;
  return Math.max(0, Math.min(BARS.length, Math.ceil(above / STEP_DB)));
}

/** My own voice as four bars that light up one after another; painted beside React. */
export function VoiceLevel() {
  const { voices, people } = useSession();
  const bars = useRef<HTMLSpanElement>(null);
  const shown = useRef(-1);
  useFrame(() => {
    const me = people.here.get().find((person) => person.me);
    const lit = me ? barsOf(voices.level(me.client)) : 0;
    if (lit === shown.current || !bars.current) return;
    shown.current = lit;
    [...bars.current.children].forEach((bar, index) => {
      bar.toggleAttribute('data-lit', index < lit);
    });
  });
  return (
    <span ref={bars} aria-hidden="true" data-testid="voice-level" className="flex h-3.5 w-3.5 items-end gap-px">
      {BARS.map((bar) => (
        <span
          key={bar}
          style={{ height: `${40 + bar * 20}%` }}
          className="flex-1 rounded-[1px] bg-current opacity-25 data-[lit]:opacity-100"
        />
      ))}
    </span>
  );
}
