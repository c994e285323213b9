const BURST = 60;
const PER_SECOND = 30;

/** A token bucket for one connection's calls: 60 at once, 30 a second. `clock` in milliseconds. */
export function callsAllowed(clock: () => number): () => boolean {
  let tokens = BURST;
  let last = clock();
  return () => {
    const now = clock();
    tokens = Math.min(BURST, tokens + ((now - last) / 1000) * PER_SECOND);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
