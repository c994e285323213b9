import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decodePeaks, flacFrames, SEGMENT_FRAMES, type StemManifest } from '../../lib/media';
import type { Stem } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

const SNARE = join(process.cwd(), 'public/demo-song/stems/02_Snare_Top.flac');
const SNARE_LUFS = -35;

let service: RunningService;
let owner: Person;
let session: string;

beforeEach(async () => {
  service = await runService();
  owner = await service.person('Olga');
  session = await owner.session();
});
afterEach(() => service.dispose());

/** The stem once it is ready or has failed, as the live events tell it; looked up first, for it may have been so already. */
async function settled(person: Person, sessionId: string, stemId: string): Promise<Stem> {
  const socket = person.live(sessionId);
  try {
    const told = new Promise<Stem>((resolve) => {
      socket.on('stem', (event) => {
        if (event.what === 'put' && event.stem.id === stemId && isSettled(event.stem)) resolve(event.stem);
      });
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const known = (await stemsOf(person, sessionId)).find(({ id }) => id === stemId);
    return known && isSettled(known) ? known : await told;
  } finally {
    socket.close();
  }
}

const isSettled = (stem: Stem): boolean => stem.status === 'ready' || stem.status === 'failed';

async function stemsOf(person: Person, sessionId: string): Promise<Stem[]> {
  return (await person.ask<Stem[]>('GET', `/api/sessions/${sessionId}/stems`)).body;
}

function send(person: Person, filename: string, file: Uint8Array, to = session) {
  return person.ask<Stem & { detail: string }>('POST', `/api/sessions/${to}/stems?filename=${encodeURIComponent(filename)}`, file);
}

async function bytesOf(person: Person, path: string): Promise<{ bytes: Uint8Array; headers: Headers; status: number }> {
  const answer = await fetch(service.url + path, { headers: { cookie: person.cookie } });
  return { bytes: new Uint8Array(await answer.arrayBuffer()), headers: answer.headers, status: answer.status };
}

async function decoded(file: Uint8Array): Promise<Float32Array> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  const { channelData } = await decoder.decodeFrames(flacFrames(file));
  decoder.free();
  return channelData[0] ?? new Float32Array(0);
}

const rawBytes = (samples: Float32Array) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

async function stripsOf(sessionId: string) {
  const { strips } = await service.services.sync.read(sessionId);
  return [...strips.values()].filter(({ kind }) => kind === 'stem');
}

test('A FLAC that is sent becomes a stem: segments that equal the whole, peaks, loudness, a strip', async () => {
  const file = await readFile(SNARE);
  const { status, body } = await send(owner, '02_Snare_Top.flac', file);
  expect(status).toBe(202);
  expect(body).toMatchObject({ name: 'Snare Top', filename: '02_Snare_Top.flac', status: 'processing', manifestUrl: null });

  const stem = await settled(owner, session, body.id);
  expect(stem).toMatchObject({ status: 'ready', progress: 1, frames: 4_224_000, channels: 1, sampleRate: 48_000 });
  expect(Math.abs((stem.loudness ?? 0) - SNARE_LUFS)).toBeLessThan(0.1);
  expect(await stripsOf(session)).toMatchObject([{ name: 'Snare Top', stem: body.id }]);

  const { body: manifest, headers } = await owner.ask<StemManifest>('GET', stem.manifestUrl ?? '');
  expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
  expect(manifest).toMatchObject({ stemId: body.id, frames: 4_224_000, channels: 1, bits: 16, gain: 1 });
  expect(manifest.segments).toHaveLength(22);

  const whole = await decoded(file);
  for (const [index, name] of manifest.segments.entries()) {
    const part = whole.subarray(index * SEGMENT_FRAMES, (index + 1) * SEGMENT_FRAMES);
    if (name === null) {
      expect(part.every((sample) => sample === 0)).toBe(true);
      continue;
    }
    const segment = await bytesOf(owner, manifest.segmentBase + name);
    expect(segment.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(name).toBe(`${createHash('sha256').update(segment.bytes).digest('hex').slice(0, 32)}.flac`);
    expect(Buffer.compare(rawBytes(await decoded(segment.bytes)), rawBytes(part))).toBe(0);
  }
  const peaks = decodePeaks((await bytesOf(owner, manifest.peaksUrl)).bytes);
  expect(peaks).toMatchObject({ frames: 4_224_000, scale: 1 });

  const original = await bytesOf(owner, `/api/sessions/${session}/stems/${stem.id}/original`);
  expect(Buffer.compare(original.bytes, file)).toBe(0);
  expect(original.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''02_Snare_Top.flac");

  const { body: info } = await owner.ask<{ seconds: number; wave: number[] }>('GET', `/api/sessions/${session}`);
  expect(info.seconds).toBe(88);
  expect(info.wave).toHaveLength(96);
  expect(Math.max(...info.wave)).toBe(1);
});

test('What can not be used fails with a sentence; no strip stays, and the other stems are as they were', async () => {
  const good = (await send(owner, 'Snare.flac', await readFile(SNARE))).body;
  const text = (await send(owner, 'kick.wav', new TextEncoder().encode('these are no samples'))).body;
  const empty = (await send(owner, 'nothing.flac', new Uint8Array(0))).body;
  const cut = (await send(owner, 'cut.flac', (await readFile(SNARE)).subarray(0, 300_000))).body;
  expect((await settled(owner, session, text.id)).error).toMatch(/^This file says it is WAV but holds text\. Nothing was added; the other/);
  expect((await settled(owner, session, empty.id)).error).toMatch(/^This file is empty\./);
  expect(await settled(owner, session, cut.id)).toMatchObject({ status: 'failed', error: expect.stringContaining('not whole') });
  expect((await settled(owner, session, good.id)).status).toBe('ready');
  expect(await stripsOf(session)).toMatchObject([{ name: 'Snare' }]);
});

test('Only who may add stems can; who is no member learns nothing of them', async () => {
  const listener = await service.person();
  await listener.redeem(await owner.invite(session, 'listener'), 'Lisa');
  const stranger = await service.person('Sam');
  const nobody = await service.person();
  const { id } = (await send(owner, 'Snare.flac', await readFile(SNARE))).body;
  const { manifestUrl } = await settled(owner, session, id);

  expect((await send(listener, 'a.wav', new Uint8Array(10))).status).toBe(403);
  expect((await listener.ask('DELETE', `/api/sessions/${session}/stems/${id}`)).status).toBe(403);
  expect((await listener.ask('GET', manifestUrl ?? '')).status).toBe(200);
  for (const [person, status] of [
    [stranger, 404],
    [nobody, 401],
  ] as const) {
    expect((await send(person, 'a.wav', new Uint8Array(10))).status).toBe(status);
    for (const path of [`/api/sessions/${session}/stems`, `/api/sessions/${session}/stems/${id}/original`, manifestUrl ?? '']) {
      expect((await person.ask('GET', path)).status).toBe(status);
    }
  }
  const mine = await stranger.session();
  expect((await stranger.ask('GET', `/media/${mine}/${id}/manifest.json`)).status).toBe(404);
  expect((await owner.ask('GET', `/media/${session}/${id}/..%2Fcontent.json`)).status).toBe(404);
});

test('A removed stem is gone with its sound, and its strip stays silent', async () => {
  const { id } = (await send(owner, 'Snare.flac', await readFile(SNARE))).body;
  const { manifestUrl } = await settled(owner, session, id);
  expect((await owner.ask('DELETE', `/api/sessions/${session}/stems/${id}`)).status).toBe(204);
  expect((await owner.ask('GET', manifestUrl ?? '')).status).toBe(404);
  expect(await stemsOf(owner, session)).toEqual([]);
  expect(await stripsOf(session)).toMatchObject([{ name: 'Snare', stem: null }]);
});

test('A stem that is removed while it is worked on leaves no file behind', async () => {
  const { id } = (await send(owner, 'Snare.flac', await readFile(SNARE))).body;
  expect((await owner.ask('DELETE', `/api/sessions/${session}/stems/${id}`)).status).toBe(204);
  expect(await readdir(join(service.folder, 'ingest/staged'))).toEqual([]);
});

test('A file that came whole but can not be kept is no stem that is for ever on its way', async () => {
  await rm(join(service.folder, 'blobs'), { recursive: true, force: true });
  await writeFile(join(service.folder, 'blobs'), 'no folder');
  expect((await send(owner, 'Snare.flac', await readFile(SNARE))).status).toBe(500);
  expect(await stemsOf(owner, session)).toEqual([]);
  expect(await readdir(join(service.folder, 'ingest/staged'))).toEqual([]);
});

test('What was received before a restart is processed after it', async () => {
  const file = await readFile(SNARE);
  const sent = [await send(owner, 'A.flac', file), await send(owner, 'B.flac', file), await send(owner, 'C.flac', file)];
  await service.restart();
  for (const { body } of sent) expect((await settled(owner, session, body.id)).status).toBe('ready');
  expect((await stripsOf(session)).map(({ name }) => name).sort()).toEqual(['A', 'B', 'C']);
});

test('who only asks how large a file is leaves no file open', async () => {
  const { body } = await send(owner, 'snare.flac', await readFile(SNARE));
  const opened = async () => (await readdir('/dev/fd')).length;
  const path = `/api/sessions/${session}/stems/${body.id}/original`;
  const { headers } = await owner.ask('HEAD', path);
  expect(headers.get('content-length')).toBe(String((await readFile(SNARE)).length));
  const before = await opened();
  for (let count = 0; count < 40; count++) await owner.ask('HEAD', path);
  await vi.waitFor(async () => expect(await opened()).toBeLessThan(before + 20));
});

test('A file name cannot turn its writing round or hide letters: what is shown is what it is', async () => {
  const name = 'Kick\u202Evaw.\u2066\u200Bexe\u2028\u0007.wav';
  const { status, body } = await send(owner, name, new Uint8Array(100));
  expect(status).toBe(202);
  expect(body.filename).toBe('Kickvaw.exe.wav');
  expect(body.name).toBe('Kickvaw.exe');
  expect((await send(owner, '\u202E\u200B', new Uint8Array(100))).status).toBe(400);
});

test('A reference comes in like a stem, but is no part of the mix: no strip, no length of the song', async () => {
  const mixer = await service.person('Mia');
  await mixer.redeem(await owner.invite(session, 'mixer'));
  const sent = await owner.ask<Stem>(
    'POST',
    `/api/sessions/${session}/stems?filename=Some%20Song%20(2024).flac&kind=reference`,
    await readFile(SNARE),
  );
  expect(sent.body).toMatchObject({ kind: 'reference', name: 'Some Song (2024)', alignment: { offset: 0, marks: [] } });
  const reference = await settled(mixer, session, sent.body.id);
  expect(reference).toMatchObject({ kind: 'reference', status: 'ready', manifestUrl: `/media/${session}/${reference.id}/manifest.json` });
  expect(await stripsOf(session)).toEqual([]);
  const { body: info } = await owner.ask<{ seconds: number }>('GET', `/api/sessions/${session}`);
  expect(info.seconds).toBe(0);

  const marks = [
    { at: 40, name: 'Chorus' },
    { at: 12.5, name: 'Verse' },
  ];
  const path = `/api/sessions/${session}/stems/${reference.id}`;
  expect((await mixer.ask('PATCH', path, { marks })).status).toBe(200);
  expect((await mixer.ask('PATCH', path, { offset: -3.25 })).status).toBe(200);
  for (const bad of [{ offset: 1e9 }, { offset: null }, { marks: [{ at: -1, name: '' }] }, { marks: Array(65).fill(marks[0]) }]) {
    expect((await mixer.ask('PATCH', path, bad)).status).toBe(400);
  }
  const [listed] = await stemsOf(owner, session);
  expect(listed?.alignment).toEqual({ offset: -3.25, marks: [marks[1], marks[0]] });

  const { body: copy } = await owner.ask<{ id: string }>('POST', `/api/sessions/${session}/duplicate`, {});
  expect(await stemsOf(owner, copy.id)).toMatchObject([{ kind: 'reference', alignment: { offset: -3.25 } }]);
  expect((await mixer.ask('DELETE', path)).status).toBe(204);
  expect(await stemsOf(mixer, session)).toEqual([]);
});
