import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FetchBytes, SegmentFiles } from './segment-files';

const never = new AbortController().signal;

describe('segment files', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are tried again after 250 ms, then after twice as long each time', async () => {
    const tries: number[] = [];
    const failThrice: FetchBytes = async () => {
      tries.push(Date.now());
      if (tries.length < 4) throw new Error('offline');
      return Uint8Array.of(7);
    };
    const began = Date.now();
    const got = new SegmentFiles(failThrice, 100).get('a', never);
    await vi.runAllTimersAsync();
    expect(await got).toEqual(Uint8Array.of(7));
    expect(tries.map((at) => at - began)).toEqual([0, 250, 750, 1750]);
  });

  it('that are no longer wanted are not tried again', async () => {
    const abort = new AbortController();
    const got = new SegmentFiles(() => Promise.reject(new Error('offline')), 100).get('a', abort.signal);
    const refused = expect(got).rejects.toThrow('not wanted');
    await vi.advanceTimersByTimeAsync(100);
    abort.abort(new Error('not wanted'));
    await refused;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are kept up to the bound, the latest used longest', async () => {
    const fetched: string[] = [];
    const files = new SegmentFiles(async (url) => {
      fetched.push(url);
      return new Uint8Array(40);
    }, 100);
    for (const url of ['a', 'b', 'a', 'c', 'a', 'b']) await files.get(url, never);
    expect(fetched).toEqual(['a', 'b', 'c', 'b']);
  });
});
