import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { ApiUser } from '../support/api';
import { startServer } from '../support/server';
import { markersOf, writeMarkers } from '../support/writer';

const PEOPLE = 8;
const LONGEST_MS = 10_000;

test('SIGTERM under load: unready, every line closed with 1012, ended within ten seconds, and all that was acknowledged is there', async () => {
  const server = await startServer({ empty: true, environment: { DEMO_SONG: 'off' } });
  const owner = await ApiUser.arrive(server.url, 'Olga');
  const { id } = await owner.createSession('A song');
  const writers = await Promise.all(Array.from({ length: PEOPLE }, (_, index) => writeMarkers(server.url, id, owner.cookies, `w${index}`)));
  // A request whose body never ends, which must not hold the end up.
  const endless = new ReadableStream<Uint8Array>({ start: (stream) => stream.enqueue(new Uint8Array(1000)) });
  const request = { method: 'POST', headers: { cookie: owner.cookies }, body: endless, duplex: 'half' };
  const slow = fetch(`${server.url}/api/sessions/${id}/stems?filename=a.wav`, request).catch(() => null);
  await expect.poll(() => writers.every((writer) => writer.saved().length > 5)).toBe(true);

  const asked = performance.now();
  const stopped = server.stop();
  const seen: number[] = [];
  let ended = false;
  const looking = (async () => {
    // A line that is kept may be closed under a question: the next one tells.
    while (!ended) {
      await fetch(`${server.url}/readyz`).then(
        (answer) => void seen.push(answer.status),
        () => {},
      );
      await later(20);
    }
  })();
  expect(await stopped).toBe(0);
  ended = true;
  expect(performance.now() - asked).toBeLessThan(LONGEST_MS);
  await Promise.all([looking, slow]);
  expect(seen).toContain(503);
  expect(writers.map(({ closes }) => closes)).toEqual(Array.from({ length: PEOPLE }, () => [1012]));
  const saved = writers.flatMap((writer) => writer.saved());
  for (const writer of writers) writer.stop();

  await server.start();
  const found = await markersOf(server.url, id, owner.cookies);
  expect(saved.filter((marker) => !found.has(marker))).toEqual([]);
  await server.dispose();
});
