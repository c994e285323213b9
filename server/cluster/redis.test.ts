import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Anchor } from '../../lib/protocol';
import { redisAnchors } from './anchors';
import { openRedis, type RedisLink } from './redis';
import { quiet, type TestRedis, testRedis } from './redis.fixture';

let redis: TestRedis;
const links: RedisLink[] = [];
beforeAll(async () => {
  redis = await testRedis();
});
afterAll(async () => {
  for (const link of links) link.close();
  await redis.kill();
});

async function instance(): Promise<RedisLink> {
  const link = openRedis(redis.url, quiet);
  links.push(link);
  await link.opened;
  return link;
}

test('10.10 all instances have the same time, and it never runs back', async () => {
  const [one, other] = await Promise.all([instance(), instance()]);
  // Both measure the same clock of Redis, so they differ by no more than the ways to it.
  const before = one.now();
  const between = other.now();
  const after = one.now();
  expect(between).toBeGreaterThan(before - 20);
  expect(between).toBeLessThan(after + 20);
  let last = 0;
  for (let count = 0; count < 10_000; count++) {
    const now = one.now();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
});

test('10.9 an anchor is moved by one at a time: of many at once from the same version each version is kept by one', async () => {
  const [one, other] = [redisAnchors(await instance()), redisAnchors(await instance())];
  const anchor = (version: number, by: string): Anchor => ({ playing: true, position: version, at: 0, loop: null, by, version });
  expect(await one.read('s')).toBeNull();
  const kept = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).swap('s', 5, anchor(6, `user${n}`))));
  const winner = (await other.read('s'))?.anchor;
  expect(kept.filter((inTheWay) => inTheWay === null).length).toBe(1);
  for (const inTheWay of kept) if (inTheWay) expect(inTheWay).toEqual(winner);
  expect(await one.swap('s', 6, anchor(7, 'next'))).toBeNull();
  await other.attend(['s', 'unknown'], 4711);
  expect(await one.read('s')).toEqual({ anchor: anchor(7, 'next'), attended: 4711 });
  expect(await one.read('unknown')).toBeNull();
  await one.forget('s');
  expect(await one.read('s')).toBeNull();
});
