import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Anchor } from '../../lib/protocol';
import { redisAnchors } from '../cluster/anchors';
import { redisBus } from '../cluster/bus';
import { openRedis } from '../cluster/redis';
import { quiet, type TestRedis, testRedis } from '../cluster/redis.fixture';
import { inProcessBus } from '../embedded/bus';
import { subscribe } from '../ports';
import { Anchors } from './anchors';
import type { RestingPlaces } from './resting-places';
import { nextAnchor } from './transport';

let redis: TestRedis;
beforeAll(async () => {
  redis = await testRedis();
});
afterAll(() => redis.kill());

const nowhere: RestingPlaces = { of: async () => null, keep() {}, forget() {}, close: async () => {} };

/** One instance's anchors, and what those who are connected to it are told of `song`. */
async function instance() {
  const link = openRedis(redis.url, quiet);
  await link.opened;
  const bus = redisBus(
    link,
    inProcessBus(() => {}),
    quiet,
  );
  await bus.opened;
  let ahead = 0;
  const clock = () => link.now() + ahead;
  const anchors = new Anchors({ clock, places: nowhere, bus, log: quiet, shared: redisAnchors(link) });
  const told: Anchor[] = [];
  let wake = () => {};
  subscribe(bus, 'anchor', ({ sessionId, anchor }) => {
    if (anchors.heard(sessionId, anchor)) told.push(anchor);
    wake();
  });
  onTestFinished(async () => {
    await anchors.close();
    bus.close();
    link.close();
  });
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      wake = () => condition() && resolve();
      wake();
    });
  const enter = async (song: string) => {
    await anchors.load(song);
    return anchors.entered(song);
  };
  const play = (song: string, position: number, by = 'ann') =>
    anchors.move(song, (anchor) => nextAnchor(anchor, { action: 'play', position }, clock(), by));
  return { anchors, told, until, enter, play, later: (ms: number) => (ahead += ms) };
}

test('10.9 who comes in on another instance, sooner or later, follows the same song', async () => {
  const [one, other] = [await instance(), await instance()];
  const before = await one.enter('s');
  await new Promise(setImmediate);
  expect(await other.enter('s')).toEqual(before);
  const playing = await one.play('s', 7);
  await other.until(() => other.told.length === 1);
  expect(other.told).toEqual([playing]);
  expect(one.told).toEqual([playing]);
  expect(await (await instance()).enter('s')).toEqual(playing);
});

test('10.9 many who move it at once on two instances end at the same place', async () => {
  const [one, other] = [await instance(), await instance()];
  await one.enter('s2');
  await other.enter('s2');
  const moves = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 ? one : other).play('s2', n + 1, `user${n}`)));
  expect(new Set(moves.map(({ version }) => version)).size).toBe(moves.length);
  const last = moves.reduce((a, b) => (b.version > a.version ? b : a));
  await Promise.all([one, other].map((each) => each.until(() => each.told.at(-1)?.version === last.version)));
  expect([one.told.at(-1), other.told.at(-1)]).toEqual([last, last]);
});

test('10.9 while Redis hangs each side goes on; afterwards the later move counts for both', async () => {
  const [one, other] = [await instance(), await instance()];
  await one.enter('s3');
  await other.enter('s3');
  redis.pause();
  onTestFinished(() => redis.resume());
  await one.play('s3', 1, 'ann');
  const later = await other.play('s3', 2, 'ben');
  redis.resume();
  const there = (anchors: readonly Anchor[]) => anchors.at(-1)?.position === 2 && (anchors.at(-1)?.version ?? 0) > later.version;
  await Promise.all([one, other].map((each) => each.until(() => there(each.told))));
  expect(one.told.at(-1)).toEqual(other.told.at(-1));
});

test('10.9 a song goes on while somebody is there on any instance, and rests half a minute after all have gone', async () => {
  const [one, other] = [await instance(), await instance()];
  await one.enter('s4');
  await other.enter('s4');
  await one.play('s4', 5);
  await other.until(() => other.told.length === 1);
  one.anchors.emptied('s4');
  expect((await one.enter('s4')).playing).toBe(true);
  one.anchors.emptied('s4');
  other.anchors.emptied('s4');
  const third = await instance();
  third.later(31_000);
  expect(await third.enter('s4')).toMatchObject({ playing: false });
});
