import { afterEach, expect, test } from 'vitest';
import { type Person, type RunningService, runService } from '../running-service';

let service: RunningService;
afterEach(() => service.dispose());

async function begun(environment: Readonly<Record<string, string>>) {
  service = await runService(environment);
  const owner = await service.person('Olga');
  return { owner, session: await owner.session() };
}

const send = (person: Person, session: string, bytes: number) =>
  person.ask<{ detail: string; id: string }>('POST', `/api/sessions/${session}/stems?filename=a.wav`, new Uint8Array(bytes));

function announce(person: Person, session: string, length: number | null) {
  const [inSession, name] = [session, 'a.wav'].map((text) => Buffer.from(text).toString('base64'));
  const size: Record<string, string> = length === null ? { 'upload-defer-length': '1' } : { 'upload-length': String(length) };
  const headers = { 'tus-resumable': '1.0.0', 'upload-metadata': `sessionId ${inSession},filename ${name}`, ...size };
  return person.ask<{ detail: string }>('POST', '/api/uploads', undefined, headers);
}

/** A file that does not tell its size. */
async function stream(person: Person, session: string, megabytes: number): Promise<number> {
  let left = megabytes * 10;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => (left-- > 0 ? controller.enqueue(new Uint8Array(100_000)) : controller.close()),
  });
  const request = { method: 'POST', headers: { cookie: person.cookie }, body, duplex: 'half' };
  const url = `${service.url}/api/sessions/${session}/stems?filename=a.wav`;
  // The line may be cut before the answer is read.
  return await fetch(url, request).then(
    ({ status }) => status,
    () => 409,
  );
}

const count = async (person: Person, session: string) => (await person.ask<unknown[]>('GET', `/api/sessions/${session}/stems`)).body.length;

test('A session that has its share takes no more, announced bytes included; what was there stays', async () => {
  const { owner, session } = await begun({ MAX_MEGABYTES_PER_SESSION: '2' });
  expect((await announce(owner, session, 1_500_000)).status).toBe(201);
  const { status, body } = await send(owner, session, 600_000);
  expect([status, body.detail]).toEqual([
    409,
    'A session may have 2 MB of stems: 1.5 MB are there or on their way, and this file has 600 kB. ' +
      'Nothing was added; the other stems are safe. Remove some to make room.',
  ]);
  expect((await announce(owner, session, 600_000)).status).toBe(409);
  expect(await stream(owner, session, 1)).toBe(409);
  expect(await count(owner, session)).toBe(1);
  expect((await send(owner, session, 400_000)).status).toBe(202);
  expect((await send(owner, await owner.session(), 600_000)).status).toBe(202);
});

test('Many files at once, whose sizes nobody told, are no way around it', async () => {
  const { owner, session } = await begun({ MAX_MEGABYTES_PER_SESSION: '2' });
  const answers = await Promise.all([1, 2, 3, 4].map(() => stream(owner, session, 1)));
  expect(answers.filter((status) => status === 202).length).toBeLessThanOrEqual(2);
  expect(await count(owner, session)).toBeLessThanOrEqual(2);
});

test('A person who has their share sends nothing more, to any session; what they remove makes room, and others may send', async () => {
  const { owner, session } = await begun({ MAX_MEGABYTES_PER_USER: '1' });
  const first = await send(owner, session, 900_000);
  expect(first.status).toBe(202);
  const other = await owner.session('Another');
  const { status, body } = await send(owner, other, 200_000);
  expect([status, body.detail]).toEqual([409, expect.stringMatching(/^One person may have 1 MB of stems: 900 kB are there/)]);
  const mixer = await service.person('Max');
  await mixer.redeem(await owner.invite(other, 'mixer'));
  expect((await send(mixer, other, 200_000)).status).toBe(202);
  expect((await owner.ask('DELETE', `/api/sessions/${session}/stems/${first.body.id}`)).status).toBe(204);
  expect((await send(owner, other, 200_000)).status).toBe(202);
});

test('An upload that does not tell its length is not begun', async () => {
  const { owner, session } = await begun({});
  expect((await announce(owner, session, null)).status).toBe(411);
  expect(await count(owner, session)).toBe(0);
});
