import { once } from 'node:events';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { noise, pcmBytes, wavFile } from '../../lib/ingest/made-files';
import type { Stem } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

const WAV = { rate: 48_000, channels: 1, bits: 16 } as const;
const TOKEN = 'a token of sixteen or more';

let service: RunningService;
let owner: Person;
let session: string;
beforeAll(async () => {
  service = await runService();
  owner = await service.person('Olga');
  session = await owner.session();
});
afterAll(() => service.dispose());

/** The value of one series. */
async function figure(series: string): Promise<number> {
  const { body } = await owner.ask<string>('GET', '/metrics');
  const line = body.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? Number.NaN : Number(line.slice(series.length));
}

test('people, sockets, commits, ingest and bytes are counted, and no label tells of a session or a person', async () => {
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/sync/${session}`, { headers: { cookie: owner.cookie } });
  await once(socket, 'message');
  expect([await figure('people'), await figure('sync_sockets'), await figure('sync_rooms')]).toEqual([1, 1, 1]);
  const file = wavFile(pcmBytes(noise(4800, 1, 16), WAV), WAV);
  const { body: sent } = await owner.ask<Stem>('POST', `/api/sessions/${session}/stems?filename=a.wav`, file);
  await owner.ask('POST', `/api/sessions/${session}/stems?filename=b.wav`, new Uint8Array(10));
  await vi.waitFor(async () => {
    expect(await figure('ingest_seconds_count{outcome="ready"}')).toBe(1);
    expect(await figure('ingest_seconds_count{outcome="refused"}')).toBe(1);
    expect(await figure('stem_jobs')).toBe(0);
  }, 20_000);
  expect(await figure('stems_bytes')).toBe(file.length);
  expect(await figure('sync_commit_seconds_count')).toBeGreaterThan(0);
  expect(await figure('sync_delivery_seconds_count')).toBeGreaterThan(0);
  socket.send(Uint8Array.of(0, 2, 3, 1, 1, 255));
  await once(socket, 'close');
  expect(await figure('sync_updates_refused_total{code="4409"}')).toBe(1);
  const { body } = await owner.ask<string>('GET', '/metrics');
  for (const id of [session, owner.id, sent.id]) expect(body).not.toContain(id);
  expect(body).toContain('nodejs_eventloop_lag_p99_seconds');
});

test('what pages report of their sound is added up; what does not fit, or comes too often, is not', async () => {
  const line = owner.live(session);
  await once(line as never, 'connect');
  for (const report of [
    { underruns: 2, moves: 1 },
    { underruns: -1, moves: 0 },
    { underruns: 5, moves: 0 },
    { underruns: 100, moves: 0 },
  ]) {
    line.emit('report', report);
  }
  await line.timeout(5000).emitWithAck('clock', { sent: 0 });
  expect([await figure('browser_underruns_total'), await figure('browser_moves_total')]).toEqual([7, 1]);
  expect(await figure('browser_reports_total')).toBe(2);
  line.close();
});

test('without a token only a program on this machine reads the metrics, and nobody through a proxy', async () => {
  expect((await owner.ask('GET', '/metrics')).status).toBe(200);
  expect((await owner.ask('GET', '/metrics', undefined, { 'x-forwarded-for': '127.0.0.1' })).status).toBe(403);
  // Nobody knows where it comes from.
  expect((await service.services.app.request(`${service.url}/metrics`)).status).toBe(403);
});

test('with a token, who has it reads them, from wherever', async () => {
  const guarded = await runService({ METRICS_TOKEN: TOKEN });
  const someone = await guarded.person();
  const status = async (headers: Record<string, string>) => (await someone.ask('GET', '/metrics', undefined, headers)).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization: 'Bearer another token, as long as it' })).toBe(401);
  expect(await status({ authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '1.2.3.4' })).toBe(200);
  await guarded.dispose();
});
