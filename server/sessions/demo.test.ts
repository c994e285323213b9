import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionInfo, Stem } from '../../lib/protocol';
import { type RunningService, runService } from '../running-service';

let service: RunningService;
beforeAll(async () => {
  service = await runService({ DEMO_SONG: 'on' });
});
afterAll(() => service.dispose());

test('everybody gets a demo song of their own, the same one each time; its strips play its own stems', async () => {
  const ada = await service.person('Ada');
  const bob = await service.person('Bob');
  const open = async (person: typeof ada) => (await person.ask<SessionInfo>('POST', '/api/demo')).body;
  const [first, again, other] = await Promise.all([open(ada), open(ada), open(bob)]);
  expect(first).toMatchObject({ title: 'Slow Ferry Home', role: 'owner', demo: true, seconds: 88 });
  expect(again.id).toBe(first.id);
  expect(other.id).not.toBe(first.id);

  const { body: stems } = await ada.ask<Stem[]>('GET', `/api/sessions/${first.id}/stems`);
  expect(stems.map((stem) => stem.status)).toEqual(Array(12).fill('ready'));
  const mix = await service.services.sync.read(first.id);
  const played = [...mix.strips.values()].flatMap((strip) => strip.stem ?? []);
  expect(played.sort()).toEqual(stems.map((stem) => stem.id).sort());
  expect(mix.markers.size).toBeGreaterThan(0);

  // A copy's sound is its member's business only.
  const manifest = stems[0]?.manifestUrl ?? '';
  expect((await ada.ask('GET', manifest)).status).toBe(200);
  expect((await bob.ask('GET', manifest)).status).toBe(404);
  expect((await (await service.person()).ask('GET', manifest)).status).toBe(401);

  // A deleted one is made anew.
  await ada.ask('DELETE', `/api/sessions/${first.id}`);
  expect((await open(ada)).id).not.toBe(first.id);
}, 120_000);

test('nobody can open the template itself', async () => {
  const eve = await service.person('Eve');
  expect((await eve.ask('GET', '/api/sessions/demo')).status).toBe(404);
  expect((await eve.ask('GET', '/api/sessions/demo/stems')).status).toBe(404);
});
