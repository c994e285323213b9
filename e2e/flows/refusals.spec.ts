import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { WebSocket } from 'ws';
import type { Problem } from '../../lib/protocol';
import { ApiUser } from '../support/api';
import { madeBy, stemAs } from '../support/files';
import { ownServer } from '../support/people';
import { fader, join, setFader } from '../support/raw-socket';

const server = ownServer();

test.describe.configure({ mode: 'serial' });

/** Closes with this code, or this HTTP status where the upgrade itself is refused. */
function refusal(address: string, headers: Readonly<Record<string, string>>, send?: Uint8Array): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(address, { headers });
    socket.on('open', () => send && socket.send(send));
    socket.on('close', (code) => resolve(code));
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => {});
  });
}

test('files that cannot be used fail with a sentence that says why, and the others play', async () => {
  const whole = readFileSync(stemAs('06_Bass.flac', 'good.flac', []));
  const files: Readonly<Record<string, Uint8Array>> = {
    'notes.wav': new TextEncoder().encode('This is a shopping list, not a sound.\n'.repeat(200)),
    'cut.flac': whole.subarray(0, Math.floor(whole.length / 2)),
    'empty.wav': new Uint8Array(0),
    'ten-hours.flac': readFileSync(
      madeBy('ten-hours.flac', ['-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '36000', '-c:a', 'flac', '-compression_level', '0']),
    ),
    'good.flac': whole,
  };
  const owner = await ApiUser.arrive(server().url, 'Owner');
  const { id } = await owner.createSession('Bad files');
  for (const [name, bytes] of Object.entries(files)) {
    const { status, body } = await owner.uploadStem(id, name, bytes);
    expect([202, 400, 413, 415, 422]).toContain(status);
    if (status !== 202) expect((body as unknown as Problem).detail.length).toBeGreaterThan(20);
  }
  for (const stem of await owner.settled(id)) {
    if (stem.filename === 'good.flac') expect(stem.status).toBe('ready');
    else {
      expect(stem).toMatchObject({ status: 'failed', error: expect.stringMatching(/\w+ .*\./) });
      console.log(`${stem.filename}: ${stem.error}`);
    }
  }
});

test('an invite that has expired, is used up or was revoked is refused', async () => {
  const owner = await ApiUser.arrive(server().url, 'Owner');
  const { id } = await owner.createSession('Invites');
  const visitor = await ApiUser.arrive(server().url, 'Visitor');
  const expired = await owner.invite(id, 'mixer', { expiresInHours: 1e-9 });
  expect((await visitor.redeem(expired.token)).status).toBeGreaterThanOrEqual(400);
  const once = await owner.invite(id, 'mixer', { maxUses: 1 });
  const [first, second] = [await ApiUser.arrive(server().url, 'First'), await ApiUser.arrive(server().url, 'Second')];
  expect((await first.redeem(once.token)).status).toBe(200);
  expect((await second.redeem(once.token)).status).toBeGreaterThanOrEqual(400);
  const revoked = await owner.invite(id, 'mixer');
  await owner.call('delete', '/api/sessions/{id}/invites/{inviteId}', { id, inviteId: revoked.id });
  expect((await visitor.redeem(revoked.token)).status).toBeGreaterThanOrEqual(400);
  expect((await visitor.call('get', '/api/sessions/{id}', { id })).status).toBe(404);
});

test('a foreign Origin, a stranger and a 100 KB message are refused, and the others’ work goes on', async () => {
  const owner = await ApiUser.arrive(server().url, 'Owner');
  const { id } = await owner.openDemo();
  const address = `${server().url.replace('http', 'ws')}/sync/${id}`;
  expect(await refusal(address, { cookie: owner.cookies, origin: 'https://elsewhere.example' })).toBe(403);
  expect(await refusal(address, { origin: server().url })).toBe(4401);
  const stranger = await ApiUser.arrive(server().url, 'Stranger');
  expect(await refusal(address, { cookie: stranger.cookies, origin: server().url })).toBe(4404);

  const witness = await join(server().url, id, owner.cookies);
  const huge = new Uint8Array(100_000);
  huge.set([0, 2]);
  expect([4400, 4409, 4413]).toContain(await refusal(address, { cookie: owner.cookies, origin: server().url }, huge));
  const strip = [...witness.doc.getMap('strips').keys()][0] ?? '';
  setFader(witness.doc, strip, -5);
  await expect.poll(() => witness.saved()).toBeGreaterThan(0);
  expect(fader(witness.doc, strip)).toBe(-5);
  witness.close();
  expect((await fetch(`${server().url}/readyz`)).status).toBe(200);
});
