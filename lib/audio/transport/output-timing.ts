import type { Scope } from '../../std';
import { ContextClock, readClocks } from './context-clock';

/** At first often, so that the clock is good when the first play comes; then seldom. */
const LOOK_MS = 25;
const SELDOM = 4;
/** Timers that rest for longer have slept, and perhaps the device with them. */
const SLEPT_MS = 1500;

/** Reads the context's clock for as long as `scope` is open; begins anew when the context or the machine has slept, and on another device. */
export function keepTime(context: AudioContext, scope: Scope): ContextClock {
  const clock = new ContextClock();
  const firefox = navigator.userAgent.includes('Firefox');
  let looks = 0;
  let lookedAt = performance.now();
  const renew = () => {
    clock.renew();
    looks = 0;
  };
  scope.every(LOOK_MS, () => {
    const now = performance.now();
    if (now - lookedAt > SLEPT_MS) renew();
    lookedAt = now;
    if (context.state !== 'running') return;
    if (looks++ > ContextClock.KEPT && looks % SELDOM !== 0) return;
    const reading = readClocks(context, now, firefox);
    if (reading) clock.add(reading);
  });
  scope.listen(context, 'sinkchange', renew);
  scope.listen(context, 'statechange', () => {
    if (context.state === 'running') return;
    clock.clear();
    looks = 0;
  });
  return clock;
}
