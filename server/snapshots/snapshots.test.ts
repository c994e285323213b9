import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Snapshot, WholeSnapshot } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let ana: Person;
let ben: Person;
let id: string;
beforeAll(async () => {
  service = await runService({ SESSIONS_PER_MINUTE: '1000', MAX_SNAPSHOTS: '3' });
  ana = await service.person('Ana');
  ben = await service.person('Ben');
});
afterAll(() => service.dispose());

async function scene(): Promise<void> {
  id = await ana.session();
  await ben.redeem(await ana.invite(id, 'mixer'));
}
const path = (rest = '') => `/api/sessions/${id}/snapshots${rest}`;
const save = (person: Person, name: string, note?: string) => person.ask<Snapshot & { detail: string }>('POST', path(), { name, note });
const fader = (value: number) =>
  service.services.sync.edit(id, () => [{ do: 'put', map: 'strips', id: 'room', fields: { fader: value } }], { userId: ana.id });

test('a snapshot holds the mix of its moment, whatever is done later, and says who kept it', async () => {
  await scene();
  await fader(-3);
  const { status, body } = await save(ana, '  Rough 1 ', 'before the strings');
  expect(status).toBe(201);
  expect(body).toMatchObject({ name: 'Rough 1', note: 'before the strings', by: { id: ana.id, name: 'Ana' }, at: expect.any(Number) });
  await fader(-9);
  const whole = (await ben.ask<WholeSnapshot>('GET', path(`/${body.id}`))).body;
  expect(whole.records.strips?.['room']).toMatchObject({ fader: -3, kind: 'aux' });
  expect(whole.name).toBe('Rough 1');
});

test('the newest comes first; a restart loses none', async () => {
  await scene();
  for (const name of ['One', 'Two']) await save(ana, name);
  await service.restart();
  const { body } = await ben.ask<Snapshot[]>('GET', path());
  expect(body.map(({ name }) => name)).toEqual(['Two', 'One']);
});

test('who kept it, or the owner, renames and deletes it; all hear of it', async () => {
  await scene();
  const { body: bens } = await save(ben, 'Ben’s');
  const { body: anas } = await save(ana, 'Ana’s');
  expect((await ben.ask('PATCH', path(`/${anas.id}`), { name: 'Mine now' })).status).toBe(403);
  expect((await ben.ask('DELETE', path(`/${anas.id}`))).status).toBe(403);
  const line = ben.live(id, { cookie: ben.cookie });
  const heard: unknown[] = [];
  await new Promise<void>((connected) => line.on('connect', () => connected()));
  const three = new Promise<void>((resolve) => line.on('snapshot', (event) => void (heard.push(event) === 3 && resolve())));
  await ana.ask('PATCH', path(`/${bens.id}`), { name: 'Better name' });
  await ben.ask('PATCH', path(`/${bens.id}`), { note: 'with a note' });
  await ana.ask('DELETE', path(`/${bens.id}`));
  await three;
  line.disconnect();
  expect(heard).toMatchObject([
    { what: 'put', snapshot: { name: 'Better name' } },
    { what: 'put', snapshot: { name: 'Better name', note: 'with a note' } },
    { what: 'gone', id: bens.id },
  ]);
});

test('what cannot be kept is refused with a sentence: no name, too long, too many, another session’s', async () => {
  await scene();
  expect((await save(ana, '   ')).status).toBe(400);
  expect((await save(ana, 'x'.repeat(81))).status).toBe(400);
  const made = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => save(ana, name)));
  expect(made.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409]);
  expect(made.find(({ status }) => status === 409)?.body.detail).toMatch(/3 versions/);
  const [kept] = (await ana.ask<Snapshot[]>('GET', path())).body;
  await scene();
  expect((await ana.ask('GET', path(`/${kept?.id}`))).status).toBe(404);
});
