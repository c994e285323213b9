import type { Scope } from '../../std';
import { ContextClock, readClocks } from './context-clock';

/** At first often, so that the clock is good when the first play comes; then seldom. */
const LOOK_MS = 25;
const SELDOM = 4;

/** Reads the context's clock for as long as `scope` is open; forgets what it knew when the context has slept. */
export function keepTime(context: AudioContext, scope: Scope): ContextClock {
  const clock = new ContextClock();
  const firefox = navigator.userAgent.includes('Firefox');
  let looks = 0;
  scope.every(LOOK_MS, () => {
    if (context.state !== 'running') return;
    if (looks++ > ContextClock.KEPT && looks % SELDOM !== 0) return;
    const reading = readClocks(context, performance.now(), firefox);
    if (reading) clock.add(reading);
  });
  scope.listen(context, 'statechange', () => {
    if (context.state === 'running') return;
    clock.clear();
    looks = 0;
  });
  return clock;
}
