import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inProcessBus } from '../embedded/bus';
import { busContract } from '../ports/bus.contract';
import { redisBus } from './bus';
import { openRedis } from './redis';
import { quiet, type TestRedis, testRedis } from './redis.fixture';

let redis: TestRedis;
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
beforeAll(async () => {
  redis = await testRedis();
});
afterAll(async () => {
  await redis.kill();
});

const failed = () => {
  throw new Error('a listener failed');
};

/** The bus of one more instance. */
function instance(onError: (error: unknown) => void = failed) {
  const link = openRedis(redis.url, quiet);
  const bus = redisBus(link, inProcessBus(onError), quiet);
  ends.push(() => {
    bus.close();
    link.close();
  });
  return bus;
}

async function pair() {
  const [one, other] = [instance(), instance()];
  await Promise.all([one.opened, other.opened]);
  const heard: unknown[] = [];
  let wake = () => {};
  other.subscribe('a', (message) => {
    heard.push(message);
    wake();
  });
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      wake = () => heard.length >= count && resolve();
      wake();
    });
  return { one, other, heard, until };
}

busContract('over Redis, on one instance', () => ({ bus: instance(() => {}), settle: () => Promise.resolve().then(() => {}) }));

test('10.1 another instance hears everything once and in order', async () => {
  const { one, other, heard, until } = await pair();
  const echoed: unknown[] = [];
  one.subscribe('a', (message) => echoed.push(message));
  const sent = Array.from({ length: 300 }, (_, n) => ({ n }));
  for (const message of sent) one.publish('a', message);
  await until(sent.length);
  expect(heard).toEqual(sent);
  other.publish('a', 'back');
  await until(sent.length + 1);
  expect(echoed.slice(0, sent.length)).toEqual(sent);
});

test('what is published while Redis hangs is heard here at once, and by the others when it is back', async () => {
  const { one, heard, until } = await pair();
  one.publish('a', 1);
  await until(1);
  redis.pause();
  const here: unknown[] = [];
  one.subscribe('a', (message) => here.push(message));
  one.publish('a', 2);
  one.publish('a', 3);
  await Promise.resolve();
  expect(here).toEqual([2, 3]);
  redis.resume();
  await until(3);
  expect(heard).toEqual([1, 2, 3]);
});

test('a Redis that died and came back empty carries on, and loses nothing that waited for it', async () => {
  const { one, heard, until } = await pair();
  one.publish('a', 1);
  await until(1);
  await redis.kill();
  one.publish('a', 2);
  one.publish('a', 3);
  await redis.start();
  await until(3);
  expect(heard).toEqual([1, 2, 3]);
});
