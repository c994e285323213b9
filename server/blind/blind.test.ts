import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BlindMix, BlindTest, OwnBlindTest, Snapshot } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
let ana: Person;
let ben: Person;
let cleo: Person;
let lis: Person;
let id: string;
let versions: Snapshot[];
beforeAll(async () => {
  service = await runService({ SESSIONS_PER_MINUTE: '1000' });
  [ana, ben, cleo, lis] = [
    await service.person('Ana'),
    await service.person('Ben'),
    await service.person('Cleo'),
    await service.person('Lis'),
  ];
});
afterAll(() => service.dispose());

const FADERS = [-3, -9];
const fader = (value: number) =>
  service.services.sync.edit(id, () => [{ do: 'put', map: 'strips', id: 'room', fields: { fader: value } }], { userId: ana.id });

/** A session of four with two versions of it, the mix a third one. */
async function scene(): Promise<void> {
  id = await ana.session();
  await ben.redeem(await ana.invite(id, 'mixer'));
  await cleo.redeem(await ana.invite(id, 'commenter'));
  await lis.redeem(await ana.invite(id, 'listener'));
  versions = [];
  for (const [at, value] of FADERS.entries()) {
    await fader(value);
    const { body } = await ana.ask<Snapshot>('POST', `/api/sessions/${id}/snapshots`, { name: `Rough ${at + 1}` });
    versions.push(body);
  }
  await fader(-15);
}
const path = (rest = '') => `/api/sessions/${id}/blind-tests${rest}`;
type Answered = OwnBlindTest & { readonly detail: string };
const begin = (who = ana, more: object = {}) =>
  who.ask<Answered>('POST', path(), { versions: [...versions.map((one) => one.id), 'now'], ...more });
const vote = (who: Person, of: string, letter: string) => who.ask<Answered>('PUT', path(`/${of}/vote`), { letter });
const faderOf = async (who: Person, of: string, letter: string) =>
  (await who.ask<BlindMix>('GET', path(`/${of}/mixes/${letter}`))).body.records.strips?.['room']?.['fader'];

/** Everything that the live line brings. */
async function listening(who: Person) {
  const line = who.live(id, { cookie: who.cookie });
  const heard: { readonly event: string; readonly body: unknown }[] = [];
  line.onAny((event: string, body: unknown) => heard.push({ event, body }));
  await new Promise<void>((connected) => line.on('connect', () => connected()));
  const until = (count: number) => expect.poll(() => heard.filter(({ event }) => event === 'blind').length).toBeGreaterThanOrEqual(count);
  return { heard, until, end: () => line.disconnect() };
}

test('nothing on the wire tells which letter is which before the reveal; then everything does', async () => {
  await scene();
  const line = await listening(cleo);
  const { status, body: made } = await begin();
  expect(status).toBe(201);
  await ben.ask('POST', path(`/${made.id}/hear`), { letter: 'B' });
  await vote(cleo, made.id, 'C');
  const answers: unknown[] = [made];
  for (const who of [ana, cleo, lis]) {
    answers.push((await who.ask('GET', path())).body);
    for (const letter of made.letters) answers.push((await who.ask('GET', path(`/${made.id}/mixes/${letter}`))).body);
  }
  await line.until(3);
  const wire = JSON.stringify([answers, line.heard]);
  for (const { id: snapshot, name } of versions)
    for (const word of [snapshot, name, 'Rough', 'when the test began']) expect(wire).not.toContain(word);
  for (const letter of made.letters) {
    const { body } = await ana.ask<BlindMix>('GET', path(`/${made.id}/mixes/${letter}`));
    expect(Object.keys(body)).toEqual(['records']);
  }
  const { body: revealed } = await ana.ask<Answered>('POST', path(`/${made.id}/reveal`));
  const faders = new Map([...versions.map((one, at) => [one.id, FADERS[at]] as const), [null, -15]]);
  for (const { letter, snapshotId, name } of revealed.result?.versions ?? []) {
    expect(await faderOf(lis, made.id, letter)).toBe(faders.get(snapshotId));
    expect(name).toBe(versions.find((one) => one.id === snapshotId)?.name ?? 'The mix when the test began');
  }
  expect(revealed.result?.versions).toHaveLength(3);
  await line.until(4);
  line.end();
});

test('letters come in any order, so that the order of asking tells nothing', async () => {
  await scene();
  const first = new Set<unknown>();
  for (let n = 0; n < 40 && first.size < 3; n++) {
    const { body } = await begin();
    first.add(await faderOf(ana, body.id, 'A'));
    await ana.ask('DELETE', path(`/${body.id}`));
  }
  expect([...first].map(Number).sort((a, b) => a - b)).toEqual([-15, -9, -3]);
});

test('one vote a person, changed until the reveal; who has voted is told, and for what only to himself', async () => {
  await scene();
  const { body: made } = await begin();
  for (const letter of ['A', 'B', 'B']) await vote(cleo, made.id, letter);
  await Promise.all([vote(ben, made.id, 'A'), vote(ben, made.id, 'A'), vote(ben, made.id, 'A')]);
  const [seen] = (await ana.ask<OwnBlindTest[]>('GET', path())).body;
  expect([seen?.voted.length, new Set(seen?.voted), seen?.mine, seen?.result]).toEqual([2, new Set([ben.id, cleo.id]), null, null]);
  const [own] = (await cleo.ask<OwnBlindTest[]>('GET', path())).body;
  expect(own?.mine).toBe('B');
  expect((await vote(lis, made.id, 'A')).status).toBe(403);
  expect((await vote(ben, made.id, 'D')).status).toBe(400);
  const { body: revealed } = await ana.ask<Answered>('POST', path(`/${made.id}/reveal`));
  const votes = revealed.result?.versions.map(({ letter, votes: cast }) => [letter, cast.map(({ name }) => name)]);
  expect(votes).toEqual([
    ['A', ['Ben']],
    ['B', ['Cleo']],
    ['C', []],
  ]);
  expect((await vote(ben, made.id, 'B')).status).toBe(409);
  await service.restart();
  const [after] = (await ana.ask<OwnBlindTest[]>('GET', path())).body;
  expect(after?.result).toEqual(revealed.result);
});

test('in a test for all together everybody hears of what somebody plays; else each chooses', async () => {
  await scene();
  const line = await listening(lis);
  const { body: made } = await begin();
  expect((await cleo.ask<Answered>('POST', path(`/${made.id}/hear`), { letter: 'C' })).body.heard).toBe('C');
  await line.until(2);
  expect(line.heard.filter(({ event }) => event === 'blind').map(({ body }) => (body as { test: BlindTest }).test.heard)).toEqual([
    null,
    'C',
  ]);
  line.end();
  await ana.ask('DELETE', path(`/${made.id}`));
  const { body: alone } = await begin(ana, { together: false });
  expect((await cleo.ask('POST', path(`/${alone.id}/hear`), { letter: 'C' })).status).toBe(409);
});

test('one at a time; who began it, or the owner, ends it; what cannot be compared is refused', async () => {
  await scene();
  const { body: made } = await begin(ben);
  const again = await begin(ana);
  expect([again.status, again.body.detail]).toEqual([409, expect.stringContaining('going on')]);
  expect((await cleo.ask('POST', path(`/${made.id}/reveal`))).status).toBe(403);
  expect((await ben.ask('DELETE', path(`/${made.id}`))).status).toBe(204);
  const [one] = versions;
  for (const wanted of [[], ['now'], ['now', 'now'], ['now', one?.id, 'a', 'b', 'c']]) {
    expect((await begin(ana, { versions: wanted })).status).toBe(400);
  }
  expect((await begin(ana, { versions: ['now', 'nowhere'] })).status).toBe(404);
  const both = await Promise.all([begin(ana), begin(ben)]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
});
