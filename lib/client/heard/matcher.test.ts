import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { mixOfRecords } from '../../doc';
import type { Mix } from '../../mix';
import type { Loop } from '../../protocol';
import { createStore, Scope, type Store } from '../../std';
import { MixLoudness } from './loudness';
import { Matcher } from './matcher';

let scope: Scope;
beforeEach(() => {
  vi.useFakeTimers();
  scope = new Scope();
});
afterEach(() => {
  scope.close();
  vi.useRealTimers();
});

const mixAt = (tempo: number): Mix => ({ ...mixOfRecords(new Map()), settings: { tempo, metre: [4, 4], key: '' } });

/** A mix is as loud as its tempo says, LUFS; what is asked for is noted, and given when it is let. */
function opened(...tempi: number[]) {
  const asked: string[] = [];
  const loudness = new MixLoudness({
    length: createStore(60),
    loudness: async ({ settings }, { from, until }) => {
      asked.push(`${settings.tempo} ${from}-${until}`);
      return settings.tempo === 0 ? Number.NEGATIVE_INFINITY : -settings.tempo;
    },
  });
  const loop = createStore<Loop | null>(null);
  const matcher = new Matcher({ loudness, loop, scope });
  const mixes = new Map(tempi.map((tempo, at): [string, Store<Mix>] => [`${at}`, createStore(mixAt(tempo))]));
  const gains = () => [...mixes.keys()].map((id) => matcher.gainOf(id));
  return { matcher, mixes, loop, asked, gains };
}
async function matched(matcher: Matcher) {
  await vi.waitUntil(() => matcher.match.get().state === 'matched');
}

it('turns all down to the quietest; silence is nothing to match to', async () => {
  const { matcher, mixes, gains } = opened(12, 20, 14, 0);
  matcher.begin(mixes);
  expect(gains()).toEqual([0, 0, 0, 0]);
  await matched(matcher);
  expect(gains()).toEqual([-8, 0, -6, 0]);
});

it('measures each mix once over a stretch, and over the loop where there is one', async () => {
  const { matcher, mixes, loop, asked } = opened(12, 20);
  matcher.begin(mixes);
  await matched(matcher);
  matcher.begin(mixes);
  await matched(matcher);
  expect(asked).toEqual(['12 0-60', '20 0-60']);
  loop.set({ from: 8, until: 16 });
  await vi.advanceTimersByTimeAsync(800);
  await vi.waitUntil(() => asked.length === 4);
  expect(asked.slice(2)).toEqual(['12 8-16', '20 8-16']);
});

it('goes on with what was known until a mix that moves rests', async () => {
  const { matcher, mixes, gains, asked } = opened(12, 20);
  matcher.begin(mixes);
  await matched(matcher);
  for (const tempo of [13, 14, 15]) {
    mixes.get('0')?.set(mixAt(tempo));
    await vi.advanceTimersByTimeAsync(300);
  }
  expect([gains(), asked.length]).toEqual([[-8, 0], 2]);
  await vi.advanceTimersByTimeAsync(800);
  await vi.waitUntil(() => matcher.gainOf('0') === -5);
  expect(asked.slice(2)).toEqual(['15 0-60']);
});

it('matches nothing where there is nothing to compare', () => {
  const { matcher, mixes, gains, asked } = opened(12);
  matcher.begin(mixes);
  expect([gains(), asked, matcher.match.get().state]).toEqual([[0], [], 'off']);
});
