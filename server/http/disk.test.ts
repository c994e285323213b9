import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runService } from '../running-service';
import { createDisk, isDiskFull } from './disk';

const MORE_THAN_THERE_IS = 1e18;

test('a folder that can be written and has its reserve is well, and nothing of the look at it stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'disk-'));
  expect(await createDisk(folder, 0).isWell()).toBe(true);
  expect(await createDisk(folder, MORE_THAN_THERE_IS).isWell()).toBe(false);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
  expect(await createDisk(folder, 0).isWell()).toBe(false);
});

test('what would take from the reserve is refused', async () => {
  const disk = createDisk(tmpdir(), 0);
  await disk.demand(0);
  await expect(disk.demand(MORE_THAN_THERE_IS)).rejects.toMatchObject({ status: 507 });
});

test.each([
  [Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }), true],
  [new Error('database or disk is full'), true],
  [Object.assign(new Error('EACCES'), { code: 'EACCES' }), false],
  ['ENOSPC', false],
])('%s is a full disk: %s', (error, full) => {
  expect(isDiskFull(error)).toBe(full);
});

test('with less than the reserve the service is not ready and takes no stems; sessions go on', async () => {
  const service = await runService({ RESERVE_MEGABYTES: '1000000' });
  const owner = await service.person('Olga');
  expect(await owner.ask('GET', '/readyz')).toMatchObject({ status: 503, body: { ready: false, failing: ['disk'] } });
  const session = await owner.session();
  const sent = await owner.ask<{ detail: string }>('POST', `/api/sessions/${session}/stems?filename=a.wav`, new Uint8Array(100));
  expect([sent.status, sent.body.detail]).toEqual([507, expect.stringContaining('no room')]);
  expect((await owner.ask('GET', `/api/sessions/${session}/stems`)).body).toEqual([]);
  await service.dispose();
});
