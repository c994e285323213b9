import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { type Person, runService } from '../running-service';
import { PromisedBytes } from './promised';

test('what is promised is added up in the order of the promises', () => {
  const promised = new PromisedBytes();
  promised.set('a', 10);
  promised.set('b', 20);
  promised.set('c', 30);
  promised.set('a', 5);
  expect(['a', 'b', 'c'].map((id) => promised.upTo(id))).toEqual([5, 25, 55]);
  promised.forget('a');
  expect(promised.upTo('c')).toBe(50);
});

const begin = (person: Person, session: string, length: number) => {
  const [inSession, name] = [session, 'a.wav'].map((text) => Buffer.from(text).toString('base64'));
  const metadata = `sessionId ${inSession},filename ${name}`;
  return person.ask('POST', '/api/uploads', undefined, {
    'tus-resumable': '1.0.0',
    'upload-length': String(length),
    'upload-metadata': metadata,
  });
};

test('uploads that together promise more than there is are not all begun, also after a restart; one given up makes room', async () => {
  const { bavail, bsize } = await statfs(tmpdir());
  // Three of a third of what is free, and what the others on this machine may write meanwhile.
  const third = Math.floor((bavail * bsize) / 2.6);
  const large = { MAX_STEM_MEGABYTES: '100000', MAX_MEGABYTES_PER_SESSION: '100000000', MAX_MEGABYTES_PER_USER: '100000000' };
  const service = await runService({ ...large, RESERVE_MEGABYTES: '0' });
  const owner = await service.person('Olga');
  const session = await owner.session();
  const size = Math.min(third, 99_000_000_000);
  const most = Math.floor((bavail * bsize) / size);
  const begun: string[] = [];
  for (let one = 0; one < most; one++) {
    const answer = await begin(owner, session, size);
    expect(answer.status).toBe(201);
    begun.push(answer.headers.get('location') ?? '');
  }
  expect((await begin(owner, session, size)).status).toBe(507);
  await service.restart();
  expect((await begin(owner, session, size)).status).toBe(507);
  expect((await owner.ask('DELETE', begun[0] ?? '', undefined, { 'tus-resumable': '1.0.0' })).status).toBe(204);
  expect((await begin(owner, session, size)).status).toBe(201);
  await service.dispose();
});
