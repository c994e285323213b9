import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Stem } from '../../lib/protocol';
import { createLog } from '../observability/log';
import { type Person, type RunningService, runService } from '../running-service';
import { uploadRows } from '../stems/uploads-repository';
import { s3Blobs } from './blobs';
import { openPostgres } from './database';
import { S3_TEST_KEY } from './s3.fixture';
import { clusterEnvironment } from './test-databases.fixture';

const TUS = { 'tus-resumable': '1.0.0' };
const WAV = wave(48_000);

let environment: Readonly<Record<string, string>>;
let one: RunningService;
let two: RunningService;
let owner: Person;
/** The same person, who talks to the other instance. */
let there: Person;
let session: string;

beforeAll(async () => {
  environment = await clusterEnvironment();
  [one, two] = await Promise.all([runService(environment), runService(environment)]);
  owner = await one.person('Olga');
  session = await owner.session();
  there = await two.person();
  there.cookie = owner.cookie;
});
afterAll(() => Promise.all([one.dispose(), two.dispose()]));

/** A second of noise as a WAV file. */
function wave(frames: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + frames * 2, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(48_000, 24);
  head.writeUInt32LE(96_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(frames * 2, 40);
  const sound = Buffer.alloc(frames * 2);
  for (let frame = 0; frame < frames; frame++) sound.writeInt16LE(((frame * 7919) % 20_000) - 10_000, frame * 2);
  return Buffer.concat([head, sound]);
}

async function begin(person: Person): Promise<string> {
  const metadata = `sessionId ${Buffer.from(session).toString('base64')},filename ${Buffer.from('Noise.wav').toString('base64')}`;
  const wish = { ...TUS, 'upload-length': String(WAV.length), 'upload-metadata': metadata };
  return (await person.ask('POST', '/api/uploads', undefined, wish)).headers.get('location') ?? '';
}

function patch(person: Person, location: string, from: number, to: number) {
  const headers = { ...TUS, 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' };
  return person.ask('PATCH', location, WAV.subarray(from, to), headers);
}

const idOf = (location: string) => location.split('/').at(-1) ?? '';

async function playable(person: Person, stemId: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { body } = await person.ask<Stem[]>('GET', `/api/sessions/${session}/stems`);
      expect(body.find(({ id }) => id === stemId)).toMatchObject({ status: 'ready', frames: 48_000 });
    },
    { timeout: 25_000, interval: 100 },
  );
}

test('an upload begun on one instance goes on with another, and its sound plays from both', async () => {
  const location = await begin(owner);
  expect((await patch(owner, location, 0, 30_000)).status).toBe(204);
  expect((await there.ask('HEAD', location, undefined, TUS)).headers.get('upload-offset')).toBe('30000');
  expect((await patch(there, location, 30_000, 60_000)).status).toBe(204);
  expect((await patch(owner, location, 60_000, WAV.length)).status).toBe(204);
  for (const [person, service] of [[owner, one] as const, [there, two] as const]) {
    await playable(person, idOf(location));
    const path = `/api/sessions/${session}/stems/${idOf(location)}/original`;
    const original = await fetch(service.url + path, { headers: { cookie: person.cookie } });
    expect(Buffer.compare(Buffer.from(await original.arrayBuffer()), WAV)).toBe(0);
  }
  expect((await there.ask('HEAD', location, undefined, TUS)).status).toBe(404);
});

test('of two pieces for the same place on two instances at once one is taken, the other is told of the conflict', async () => {
  const location = await begin(owner);
  const answers = await Promise.all([patch(owner, location, 0, 50_000), patch(there, location, 0, 50_000)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  expect((await patch(there, location, 50_000, WAV.length)).status).toBe(204);
  await playable(owner, idOf(location));
});

test('what had come whole when its instance died is taken by the next that looks; a body cut off with its instance is forgotten', async () => {
  const location = await begin(owner);
  const whole = idOf(location);
  await patch(owner, location, 0, 50_000);
  const cutOff = idOf(await begin(owner));
  const { DATABASE_URL = '', S3_ENDPOINT: endpoint = '', S3_BUCKET: bucket = '' } = environment;
  const database = openPostgres(DATABASE_URL, createLog('silent'));
  const blobs = s3Blobs({ endpoint, bucket, region: 'us-east-1', accessKeyId: S3_TEST_KEY, secretAccessKey: S3_TEST_KEY });
  await blobs.put(`uploads/${whole}/rest`, WAV.subarray(50_000));
  // Before the rest: as soon as that is there somebody may look.
  await database.kysely.updateTable('uploads').set({ size: null, leased_until: 1 }).where('stem_id', '=', cutOff).execute();
  const part = { stem_id: whole, start: 50_000, bytes: WAV.length - 50_000, blob: `uploads/${whole}/rest` };
  expect(await uploadRows(database.kysely).advance(part)).toBe(true);
  await database.close();

  const three = await runService(environment);
  await playable(there, whole);
  const { body } = await there.ask<Stem[]>('GET', `/api/sessions/${session}/stems`);
  expect(body.map(({ id }) => id)).not.toContain(cutOff);
  await three.dispose();
});
