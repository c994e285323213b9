import { vi } from 'vitest';

/** Time that a test lets pass, second by second, with digests made as fast as it takes; put back with `vi.restoreAllMocks()`. */
export function passingTime(): (seconds: number) => Promise<void> {
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  let making: Promise<unknown> = Promise.resolve();
  vi.useFakeTimers();
  vi.spyOn(crypto.subtle, 'digest').mockImplementation((...order) => {
    const made = digest(...order);
    making = Promise.all([making, made]);
    return made;
  });
  return async (seconds) => {
    for (let second = 0; second < seconds; second++) {
      await vi.advanceTimersByTimeAsync(1000);
      await making;
      // What was waiting for them goes on.
      await vi.advanceTimersByTimeAsync(0);
    }
  };
}
