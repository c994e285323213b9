import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { noise, pcmBytes, wavFile } from '../../lib/ingest/made-files';
import type { StemManifest } from '../../lib/media';
import type { Stem } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

/** Far more than lies in the buffers between the service and somebody who does not read. */
const LONG = { rate: 48_000, channels: 2, bits: 32 } as const;
const SECONDS = 40;

let service: RunningService;
let owner: Person;
beforeAll(async () => {
  service = await runService();
  owner = await service.person('Olga');
});
afterAll(() => service.dispose());

async function withListener(file: Uint8Array) {
  const session = await owner.session();
  const { body: stem } = await owner.ask<Stem>('POST', `/api/sessions/${session}/stems?filename=a.wav`, file);
  const listener = await service.person('Lis');
  await listener.redeem(await owner.invite(session, 'listener'));
  return { session, stem, listener };
}

test('media needs the cookie, and whoever is removed gets nothing more at once', async () => {
  const format = { ...LONG, bits: 16 } as const;
  const { session, stem, listener } = await withListener(wavFile(pcmBytes(noise(4800, 2, 16), format), format));
  await vi.waitFor(
    async () => expect((await owner.ask<Stem[]>('GET', `/api/sessions/${session}/stems`)).body[0]?.status).toBe('ready'),
    20_000,
  );
  const base = `/media/${session}/${stem.id}`;
  const { body: manifest } = await listener.ask<StemManifest>('GET', `${base}/manifest.json`);
  const urls = [
    `${base}/manifest.json`,
    manifest.peaksUrl,
    manifest.segmentBase + manifest.segments[0],
    `/api/sessions/${session}/stems/${stem.id}/original`,
  ];
  const nobody = await service.person();
  const statuses = async (person: Person) => {
    const answers = await Promise.all(urls.map((url) => fetch(service.url + url, { headers: { cookie: person.cookie } })));
    for (const answer of answers) await answer.body?.cancel();
    return answers.map(({ status }) => status);
  };
  expect(await statuses(nobody)).toEqual([401, 401, 401, 401]);
  expect(await statuses(listener)).toEqual([200, 200, 200, 200]);
  expect((await owner.ask('DELETE', `/api/sessions/${session}/members/${listener.id}`)).status).toBe(204);
  expect(await statuses(listener)).toEqual([404, 404, 404, 404]);
  expect(await statuses(owner)).toEqual([200, 200, 200, 200]);
});

test('a long file that is on its way to somebody ends when they are removed, and goes on to the others', async () => {
  const { session, stem, listener } = await withListener(wavFile(new Uint8Array(SECONDS * 48_000 * 8), LONG));
  const get = (person: Person) =>
    fetch(`${service.url}/api/sessions/${session}/stems/${stem.id}/original`, { headers: { cookie: person.cookie } });
  const [theirs, ours] = [await get(listener), await get(owner)];
  expect((await owner.ask('DELETE', `/api/sessions/${session}/members/${listener.id}`)).status).toBe(204);
  await expect(theirs.arrayBuffer()).rejects.toThrow();
  expect((await ours.arrayBuffer()).byteLength).toBeGreaterThan(SECONDS * 48_000 * 8);
});
