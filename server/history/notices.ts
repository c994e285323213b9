import { type Bus, publish } from '../ports';

/** How often those in a session are told at most that its history has gone on, in milliseconds. */
const EVERY = 1000;

/** Tells that the history of a session has gone on: at once, and then once a second while it does. */
export function createHistoryNotices(bus: Bus) {
  /** True where more has come since it was told. */
  const resting = new Map<string, { more: boolean; readonly timer: NodeJS.Timeout }>();
  function tell(sessionId: string): void {
    publish(bus, 'history', { sessionId });
    const timer = setTimeout(() => {
      const more = resting.get(sessionId)?.more;
      resting.delete(sessionId);
      if (more) tell(sessionId);
    }, EVERY);
    timer.unref();
    resting.set(sessionId, { more: false, timer });
  }
  return {
    touch(sessionId: string): void {
      const known = resting.get(sessionId);
      if (known) known.more = true;
      else tell(sessionId);
    },
    close(): void {
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
    },
  };
}
