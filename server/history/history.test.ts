import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '../../lib/mix';
import type { Away, HistoryEvent, HistoryPage, MixData } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let ana: Person;
let ben: Person;
let id: string;
beforeAll(async () => {
  service = await runService({ SESSIONS_PER_MINUTE: '1000' });
  ana = await service.person('Ana');
  ben = await service.person('Ben');
});
afterAll(() => service.dispose());

async function scene(): Promise<void> {
  id = await ana.session();
  await ben.redeem(await ana.invite(id, 'mixer'));
}
const path = (rest = '') => `/api/sessions/${id}/history${rest}`;
const put = (map: Change['map'], record: string, fields: Record<string, string | number | undefined>) =>
  ({ do: 'put', map, id: record, fields }) as const;
const edit = (person: Person, ...changes: Change[]) => service.services.sync.edit(id, () => changes, { userId: person.id });
const fader = (person: Person, strip: string, value: number | undefined) => edit(person, put('strips', strip, { fader: value }));
const list = async (query = '') => (await ana.ask<HistoryPage>('GET', path(query))).body;
const mix = async (event: string) => (await ana.ask<MixData>('GET', path(`/${event}/mix`))).body;
const takeBack = (person: Person, event: string | undefined, body: object = {}) =>
  person.ask<HistoryEvent & { detail: string }>('POST', path(`/${event}/take-back`), body);
const kept = async (strip: string) => (await service.services.sync.read(id)).strips.get(strip)?.values['fader'];

test('a gesture says who, when, which strip and control, from and to', async () => {
  await scene();
  await fader(ana, 'room', -3);
  await fader(ben, 'room', -6);
  const { events, next } = await list();
  expect(next).toBeNull();
  expect(events).toHaveLength(2);
  expect(events[0]).toMatchObject({
    by: { id: ben.id, name: 'Ben' },
    kind: 'set',
    strip: 'room',
    parameter: 'fader',
    from: -3,
    to: -6,
    names: { room: 'Room' },
    reverts: null,
    takenBack: false,
  });
  expect(events[1]).toMatchObject({ by: { name: 'Ana' }, to: -3 });
  expect(events[1]).not.toHaveProperty('from');
});

test('gestures are found by person, strip and time, a page at a time', async () => {
  await scene();
  for (const [index, who] of [ana, ben, ana, ben, ana].entries()) await fader(who, index < 3 ? 'room' : 'delay', -1 - index);
  const all = (await list()).events;
  expect(all).toHaveLength(5);
  expect((await list(`?user=${ben.id}`)).events.map(({ to }) => to)).toEqual([-4, -2]);
  expect((await list('?strip=delay')).events.map(({ to }) => to)).toEqual([-5, -4]);
  expect((await list('?strip=%25')).events).toEqual([]);
  expect((await list('?strip=_elay')).events).toEqual([]);
  expect((await list(`?since=${(all[0]?.until ?? 0) + 1}`)).events).toEqual([]);
  expect((await list(`?until=${(all.at(-1)?.at ?? 0) - 1}`)).events).toEqual([]);
  const first = await list('?limit=2');
  const second = await list(`?limit=2&before=${first.next}`);
  const third = await list(`?limit=2&before=${second.next}`);
  expect([...first.events, ...second.events, ...third.events]).toEqual(all);
  expect(third.next).toBeNull();
});

test('the mix after any gesture is as it was then', async () => {
  await scene();
  await fader(ana, 'room', -3);
  await edit(ben, { do: 'remove', map: 'strips', id: 'room' }, { do: 'remove', map: 'inserts', id: 'room-reverb' });
  await edit(ana, put('settings', 'mix', { tempo: 90 }));
  const [tempo, removed, moved] = (await list()).events;
  expect(removed).toMatchObject({ kind: 'remove', strip: 'room', names: { room: 'Room' } });
  const then = await mix(moved?.id ?? '');
  expect(then.strips.find((strip) => strip.id === 'room')).toMatchObject({ name: 'Room', values: { fader: -3 } });
  expect(then.inserts.map((insert) => insert.id)).toContain('room-reverb');
  expect(then.settings.tempo).toBe(120);
  expect((await mix(removed?.id ?? '')).strips.map((strip) => strip.id)).not.toContain('room');
  expect((await mix(tempo?.id ?? '')).settings.tempo).toBe(90);
});

test('taking back is a gesture of who does it, and can be taken back', async () => {
  await scene();
  await fader(ana, 'room', -3);
  const [event] = (await list()).events;
  const { status, body } = await takeBack(ben, event?.id);
  expect(status).toBe(200);
  expect(body).toMatchObject({ by: { name: 'Ben' }, from: -3, reverts: event?.id });
  expect(await kept('room')).toBeUndefined();
  expect((await list()).events.map(({ takenBack }) => takenBack)).toEqual([false, true]);
  expect((await takeBack(ana, body.id)).status).toBe(200);
  expect(await kept('room')).toBe(-3);
  expect((await list()).events.map(({ takenBack }) => takenBack)).toEqual([false, true, false]);
});

test('what somebody has changed since is not taken back, unless it is insisted on', async () => {
  await scene();
  await fader(ana, 'room', -3);
  await fader(ben, 'room', -8);
  const [, event] = (await list()).events;
  const refused = await takeBack(ana, event?.id);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toBe(
    'Ben has changed Room Fader since (−3.0 dB → −8.0 dB). Nothing was taken back; take that back first, or this one all the same.',
  );
  expect(await kept('room')).toBe(-8);
  expect((await takeBack(ana, event?.id, { force: true })).status).toBe(200);
  expect(await kept('room')).toBeUndefined();
});

test('a removed strip comes back with all that hung on it', async () => {
  await scene();
  await edit(ana, put('sends', 'delay>room', { level: -12 }));
  await edit(
    ana,
    ...(['strips', 'inserts', 'sends'] as const).map(
      (map) => ({ do: 'remove', map, id: { strips: 'room', inserts: 'room-reverb', sends: 'delay>room' }[map] }) as const,
    ),
  );
  const [removed] = (await list()).events;
  expect((await takeBack(ben, removed?.id)).status).toBe(200);
  const now = await service.services.sync.read(id);
  expect(now.strips.get('room')?.name).toBe('Room');
  expect(now.inserts.get('room-reverb')?.type).toBe('reverb');
  expect(now.sends.get('delay>room')?.values).toEqual({ level: -12 });
});

test('what is as it was before already is not taken back again', async () => {
  await scene();
  await edit(ana, put('strips', 'late', { kind: 'stem', name: 'Late', order: 'a5' }));
  const [added] = (await list()).events;
  expect(added?.kind).toBe('add');
  expect((await takeBack(ana, added?.id)).status).toBe(200);
  expect((await takeBack(ana, added?.id)).body.detail).toContain('already as it was');
});

test('while you were away: what others did since the last visit, from first to last', async () => {
  await scene();
  const away = async (person: Person) => (await person.ask<Away>('GET', path('/away'))).body;
  await fader(ben, 'delay', -1);
  expect(await away(ana)).toEqual({ since: null, events: 0, people: [] });
  const line = ana.live(id);
  await new Promise<void>((done) => line.on('connect', done));
  line.close();
  await expect.poll(async () => (await away(ana)).since).not.toBeNull();
  await fader(ben, 'room', -3);
  await fader(ana, 'room', -4);
  await fader(ben, 'room', -6);
  await edit(ben, put('strips', 'delay', { name: 'Echo' }));
  const told = await away(ana);
  expect(told.events).toBe(3);
  expect(told.people).toHaveLength(1);
  expect(told.people[0]).toMatchObject({ by: { name: 'Ben' }, events: 3 });
  expect(told.people[0]?.strips).toEqual([
    {
      strip: 'room',
      name: 'Room',
      events: 2,
      differences: [{ did: 'set', map: 'strips', id: 'room', field: 'fader', to: -6 }],
      more: 0,
    },
    { strip: 'delay', name: 'Echo', events: 1, differences: [expect.objectContaining({ from: 'Delay', to: 'Echo' })], more: 0 },
  ]);
});

test('everybody in the session hears that the history has gone on', async () => {
  await scene();
  const line = ben.live(id);
  await new Promise<void>((done) => line.on('connect', done));
  const heard = new Promise<void>((done) => line.on('history', done));
  await fader(ana, 'room', -3);
  await heard;
  line.close();
});

test('a restart keeps the history; deleting the session removes it', async () => {
  await scene();
  await fader(ana, 'room', -3);
  const before = await list();
  await service.restart();
  expect(await list()).toEqual(before);
  await service.services.sync.remove(id);
  expect((await list()).events).toEqual([]);
});
