import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionInfo, Stem } from '../../lib/protocol';
import { type RunningService, runService } from '../running-service';

let service: RunningService;

beforeAll(async () => {
  service = await runService({ DEMO_SONG: 'on' });
  // In the middle of its being made.
  await service.restart();
}, 60_000);
afterAll(() => service.dispose());

const NAMES = ['Kick', 'Snare Top', 'Snare Bottom', 'Hats Cymbals', 'Perc Toms', 'Bass', 'Guitar', 'EPiano', 'Pad', 'FX', 'Choir', 'Lead'];

test('The demo song is there once, whole, though its making was interrupted', { timeout: 120_000 }, async () => {
  const [first, second] = [await service.person('Ann'), await service.person('Ben')];
  const { status, body: mine } = await first.ask<SessionInfo>('POST', '/api/demo');
  expect(status).toBe(200);
  expect(mine).toMatchObject({ title: 'Slow Ferry Home', demo: true, seconds: 88, role: 'owner' });
  expect(mine.wave).toHaveLength(96);
  const { body: other } = await second.ask<SessionInfo>('POST', '/api/demo');
  expect(other.id).not.toBe(mine.id);

  const { body: stems } = await first.ask<Stem[]>('GET', `/api/sessions/${mine.id}/stems`);
  expect(stems.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
  expect(stems.every((stem) => stem.status === 'ready' && stem.frames === 4_224_000)).toBe(true);

  const mix = await service.services.sync.read(mine.id);
  const strips = [...mix.strips.values()].filter(({ kind }) => kind === 'stem');
  expect(strips.map(({ name }) => name)).toEqual(NAMES);
  const byId = new Map(stems.map((stem) => [stem.id, stem.name]));
  expect(strips.map(({ stem }) => byId.get(stem ?? ''))).toEqual(NAMES);
  expect(mix.settings).toEqual({ tempo: 102, metre: [4, 4], key: 'D minor / F major' });
  expect([...mix.markers.values()].map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    'section Intro',
    'section Verse',
    'section Pre-chorus',
    'section Chorus',
    'section Bridge',
    'section Final chorus',
  ]);

  // The sound is shared: removing a stem of one copy leaves the others theirs.
  const [kick] = stems;
  const theirs = (await second.ask<Stem[]>('GET', `/api/sessions/${other.id}/stems`)).body.find(({ name }) => name === kick?.name);
  expect((await first.ask('DELETE', `/api/sessions/${mine.id}/stems/${kick?.id}`)).status).toBe(204);
  expect((await second.ask('GET', theirs?.manifestUrl ?? '')).status).toBe(200);
});

test('A start that finds it made makes nothing', async () => {
  await service.restart();
  const someone = await service.person('Cleo');
  expect((await someone.ask('POST', '/api/demo')).status).toBe(200);
});
