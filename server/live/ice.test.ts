import { expect, test } from 'vitest';
import { waysFor } from './ice';

const TURN = { STUN_URLS: null, TURN_URLS: ['turn:turn.example.org'], TURN_SECRET: 'north-of-the-harbour' };

test('without servers pages look for each other by themselves', () => {
  expect(waysFor({ STUN_URLS: null, TURN_URLS: null, TURN_SECRET: null }, { id: 'ana', guest: true }, 0)).toEqual({
    servers: [],
    relayOnly: false,
  });
});

test('credentials of a relay name the person and their end, signed with the shared secret', () => {
  const { servers } = waysFor({ ...TURN, STUN_URLS: ['stun:stun.example.org'] }, { id: 'ana', guest: false }, 1_700_000_000_000);
  expect(servers).toEqual([
    { urls: ['stun:stun.example.org'] },
    // printf 1700021600:ana | openssl dgst -sha1 -hmac north-of-the-harbour -binary | base64
    { urls: ['turn:turn.example.org'], username: '1700021600:ana', credential: 'dPmd0DCZ7EQwidHrWLtZwsChxEk=' },
  ]);
});

test('guests go through the relay only; whoever has an account need not', () => {
  expect(waysFor(TURN, { id: 'guest', guest: true }, 0).relayOnly).toBe(true);
  expect(waysFor(TURN, { id: 'ana', guest: false }, 0).relayOnly).toBe(false);
});
