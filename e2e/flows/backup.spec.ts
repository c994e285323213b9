import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { ApiUser } from '../support/api';
import { stemAs } from '../support/files';
import { startServer } from '../support/server';
import { markersOf, writeMarkers } from '../support/writer';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function command(name: 'backup' | 'restore', folder: string, environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [`server/commands/${name}.mjs`, folder], { cwd: root, env: { ...process.env, ...environment } });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { code, said };
}

test('a backup made while people write is whole: restored elsewhere it has all that was acknowledged before it began', async () => {
  const server = await startServer({ empty: true, environment: { DEMO_SONG: 'off' } });
  const folder = await mkdtemp(join(tmpdir(), 'backup-'));
  const [made, restored] = [join(folder, 'made'), join(folder, 'restored')];
  const owner = await ApiUser.arrive(server.url, 'Olga');
  const { id } = await owner.createSession('A song');
  const upload = async (name: string) => owner.uploadStem(id, name, await readFile(stemAs('01_Kick.flac', name, [], 2)));
  await upload('first.wav');
  await owner.settled(id);
  const writers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => writeMarkers(server.url, id, owner.cookies, name)));
  await expect.poll(() => writers.every((writer) => writer.saved().length > 5)).toBe(true);

  const before = writers.flatMap((writer) => writer.saved());
  const [backup] = await Promise.all([command('backup', made, { DATA_DIR: server.dataDir }), upload('second.wav')]);
  expect(backup).toEqual({ code: 0, said: '' });
  for (const writer of writers) writer.stop();
  await server.dispose();

  expect(await command('restore', made, { DATA_DIR: restored })).toEqual({ code: 0, said: '' });
  const again = await startServer({ empty: true, environment: { DEMO_SONG: 'off', DATA_DIR: restored } });
  // The same cookie: the secret that signs them is a part of it.
  const found = await markersOf(again.url, id, owner.cookies);
  expect(before.length).toBeGreaterThan(20);
  expect(before.filter((marker) => !found.has(marker))).toEqual([]);
  const headers = { cookie: owner.cookies };
  const stems = (await (await fetch(`${again.url}/api/sessions/${id}/stems`, { headers })).json()) as { manifestUrl: string }[];
  const manifest = await (await fetch(again.url + stems[0]?.manifestUrl, { headers })).json();
  const segment = await fetch(again.url + manifest.segmentBase + manifest.segments[0], { headers });
  expect(segment.status).toBe(200);
  await again.dispose();
  await test.step('what cannot be backed up or restored is refused in a sentence', () => refused(folder, restored));
  await rm(folder, { recursive: true });
});

async function refused(parent: string, data: string): Promise<void> {
  const folder = join(parent, 'refused');
  await mkdir(folder);
  const made = join(folder, 'made');
  expect((await command('backup', made, { DATABASE_URL: 'postgres://db/mixes' })).said).toMatch(/^DATABASE_URL is set: .*pg_dump/);
  expect((await command('backup', join(data, 'inside'), { DATA_DIR: data })).said).toContain('cannot lie inside');
  expect((await command('backup', made, { DATA_DIR: join(folder, 'nothing') })).said).toContain('nothing to back up');
  expect((await command('backup', made, { DATA_DIR: data })).code).toBe(0);
  expect((await command('backup', made, { DATA_DIR: data })).said).toContain('is not empty');
  expect((await command('restore', made, { DATA_DIR: data })).said).toContain('is not empty');

  const fresh = join(folder, 'fresh');
  await writeFile(join(made, 'secret'), 'another secret of the same length or not');
  expect((await command('restore', made, { DATA_DIR: fresh })).said).toMatch(/damaged: secret is not what it was/);
  await mkdir(join(folder, 'half'));
  expect((await command('restore', join(folder, 'half'), { DATA_DIR: fresh })).said).toContain('no whole backup');
  const manifest = JSON.parse(await readFile(join(made, 'manifest.json'), 'utf8'));
  manifest.files.push({ path: '../escaped', bytes: 0, sha256: '' });
  manifest.files = manifest.files.filter(({ path }: { path: string }) => path !== 'secret');
  await writeFile(join(made, 'manifest.json'), JSON.stringify(manifest));
  expect((await command('restore', made, { DATA_DIR: fresh })).said).toContain('outside of itself');
  expect((await readdir(folder)).sort()).toEqual(['half', 'made']);
}
