import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StripId } from '../../mix';
import type { Notice, SongView } from '../../protocol';
import { createStore, Scope } from '../../std';
import type { Person } from '../types';
import { SessionFollowing } from './following';

let scope: Scope;
beforeEach(() => {
  scope = new Scope();
});
afterEach(() => scope.close());

const person = (client: number, change: Partial<Person> = {}): Person => ({
  client,
  user: { id: `user ${client}`, name: client === 1 ? 'Me' : `Ana ${client}`, color: 1 },
  role: 'mixer',
  selected: null,
  together: true,
  alone: null,
  following: null,
  hands: [],
  me: client === 1,
  ...change,
});

function table() {
  const here = createStore<readonly Person[]>([person(1), person(2), person(3)]);
  const views = new Map<number, SongView>();
  const told: object[] = [];
  const selected: (StripId | null)[] = [];
  const notices: Notice[] = [];
  let look = () => {};
  const following = new SessionFollowing({
    people: { here, tell: (fields) => void told.push(fields), viewOf: (client) => views.get(client) ?? null },
    awareness: {
      on: (_: unknown, hear: () => void) => {
        look = hear;
      },
      off: () => {},
    } as never,
    select: (strip) => void selected.push(strip),
    notify: (notice) => void notices.push(notice),
    scope,
  });
  return { here, views, told, selected, notices, following, look: () => look() };
}

test('following takes over selection, playback and view of the other, as they change', () => {
  const { here, views, told, selected, following, look } = table();
  views.set(2, { from: 0, until: 90, channel: false });
  following.follow(2);
  expect([told, following.led.get(), following.view.get()?.until]).toEqual([[{ following: 2 }], 'together', 90]);
  const alone = { playing: true, position: 4, at: 1000, loop: null };
  here.set([person(1), person(2, { selected: 'bass', together: false, alone }), person(3)]);
  expect([selected, following.led.get()]).toEqual([[null, 'bass'], alone]);
  views.set(2, { from: 10, until: 20, channel: true });
  look();
  expect(following.view.get()).toEqual({ from: 10, until: 20, channel: true });
});

test('leaving ends it, and is told', () => {
  const { told, following } = table();
  following.leave();
  expect(told).toEqual([]);
  following.follow(2);
  following.leave();
  expect(told).toEqual([{ following: 2 }, { following: null }]);
  expect([following.leader.get(), following.led.get(), following.view.get()]).toEqual([null, null, null]);
});

test('who goes away is followed no longer, and it is said', () => {
  const { here, notices, following } = table();
  following.follow(2);
  here.set([person(1), person(3)]);
  expect(following.leader.get()).toBeNull();
  expect(notices.map(({ text }) => text)).toEqual(['Ana 2 has gone. You go on by yourself.']);
});

test('who follows me is known; two do not follow each other, and nobody follows themselves', () => {
  const { here, notices, following } = table();
  here.set([person(1), person(2, { following: 1 }), person(3, { following: 2 })]);
  expect(following.followers.get().map(({ client }) => client)).toEqual([2]);
  following.follow(2);
  following.follow(1);
  expect(following.leader.get()).toBeNull();
  expect(notices).toHaveLength(1);
});
