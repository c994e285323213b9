import { once } from 'node:events';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Comment, Device, HistoryPage, Member, SessionInfo, User } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';
import { smtpServer } from './smtp.fixture';

let service: RunningService;
let mail: Awaited<ReturnType<typeof smtpServer>>;
beforeAll(async () => {
  mail = await smtpServer();
  service = await runService({ SIGN_INS_PER_MINUTE: '1000', SMTP_URL: mail.url });
});
afterAll(async () => {
  await service.dispose();
  mail.close();
});

const PASSWORD = 'a long enough word';
let count = 0;
const address = () => `person${++count}@example.org`;
type Told = { user: User; detail: string };

async function account(name: string) {
  const person = await service.person(name);
  const email = address();
  expect((await person.ask('POST', '/api/account/sign-up', { email, password: PASSWORD })).status).toBe(201);
  return { person, email };
}
/** The same person at another browser. */
async function elsewhere(email: string, password = PASSWORD) {
  const browser = await service.person();
  const answer = await browser.ask<Told>('POST', '/api/account/sign-in', { email, password }, { 'user-agent': 'Another browser' });
  browser.id = answer.body.user?.id ?? '';
  return { browser, answer };
}
const me = async (person: Person) => (await person.ask<{ user: User | null }>('GET', '/api/me')).body.user;

test('a guest who signs up stays who they are, with all that they have, and signs in elsewhere', async () => {
  const guest = await service.person('Gus');
  const session = await guest.session('Mine');
  const email = address();
  const { body } = await guest.ask<Told>('POST', '/api/account/sign-up', { email: ` ${email.toUpperCase()} `, password: PASSWORD });
  expect(body.user).toMatchObject({ id: guest.id, name: 'Gus' });
  expect((await guest.ask('GET', '/api/account')).body).toMatchObject({ email });
  const { browser } = await elsewhere(email);
  expect(await me(browser)).toMatchObject({ id: guest.id, name: 'Gus' });
  expect((await browser.ask<SessionInfo[]>('GET', '/api/sessions')).body.map(({ id }) => id)).toEqual([session]);
});

test('what was done as a guest in another browser comes along when one signs in there', async () => {
  const { person, email } = await account('Ann');
  const other = await service.person('Olaf');
  const shared = await other.session('Shared');
  await person.redeem(await other.invite(shared, 'listener'));
  const guest = await service.person('Ann on the phone');
  await guest.redeem(await other.invite(shared, 'mixer'));
  const own = await guest.session('By the guest');
  const path = `/api/sessions/${shared}/comments`;
  const { body: comment } = await guest.ask<Comment>('POST', path, { body: 'Hm', at: 1 });
  await other.ask('POST', `${path}/${comment.id}/replies`, { body: '@Ann', mentions: [guest.id] });
  await service.services.sync.edit(own, () => [{ do: 'put', map: 'strips', id: 'master', fields: { fader: -6 } }], { userId: guest.id });

  const old = guest.cookie;
  const { body } = await guest.ask<Told>('POST', '/api/account/sign-in', { email, password: PASSWORD });
  expect(body.user.id).toBe(person.id);
  const sessions = (await guest.ask<SessionInfo[]>('GET', '/api/sessions')).body;
  expect(sessions.map(({ title, role }) => [title, role]).sort()).toEqual([
    ['By the guest', 'owner'],
    ['Shared', 'mixer'],
  ]);
  expect((await other.ask<Comment[]>('GET', path)).body).toMatchObject([
    { author: { id: person.id }, replies: [{ mentions: [person.id] }] },
  ]);
  expect((await guest.ask<HistoryPage>('GET', `/api/sessions/${own}/history`)).body.events).toMatchObject([{ by: { id: person.id } }]);
  expect((await other.ask<Member[]>('GET', `/api/sessions/${shared}/members`)).body).toHaveLength(2);
  // The guest is nobody any more.
  const before = await service.person();
  before.cookie = old;
  expect(await me(before)).toBeNull();
});

test('a wrong password and an address without an account get the same words', async () => {
  const { email } = await account('Ann');
  const wrong = (await elsewhere(email, 'not the word at all')).answer;
  const nobody = (await elsewhere(address(), 'not the word at all')).answer;
  expect([wrong.status, wrong.body]).toEqual([401, nobody.body]);
  expect(wrong.headers.getSetCookie()).toEqual([]);
});

test('an address has one account, also when two come at once', async () => {
  const email = address();
  const guests = await Promise.all(['A', 'B', 'C'].map((name) => service.person(name)));
  const answers = await Promise.all(guests.map((guest) => guest.ask('POST', '/api/account/sign-up', { email, password: PASSWORD })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  for (const [index, guest] of guests.entries()) {
    const { email: mine } = (await guest.ask<{ email: string | null }>('GET', '/api/account')).body;
    expect(mine).toBe(answers[index]?.status === 201 ? email : null);
  }
});

test.each([
  [{ email: 'nonsense', password: PASSWORD }],
  [{ email: 'a@example.org', password: 'short' }],
  [{ email: 'a@example.org', password: 'x'.repeat(129) }],
  [{ email: 'a@example.org' }],
])('%j makes no account', async (wish) => {
  expect((await (await service.person('Gus')).ask('POST', '/api/account/sign-up', wish)).status).toBe(400);
});

test('each browser is listed and signed out by itself; its open lines end', async () => {
  const { person, email } = await account('Ann');
  const session = await person.session();
  const { browser } = await elsewhere(email);
  const { body: devices } = await person.ask<Device[]>('GET', '/api/account/devices');
  expect(devices.map(({ browser: name, current }) => [name, current])).toEqual([
    [expect.any(String), true],
    ['Another browser', false],
  ]);
  const line = browser.live(session);
  await once(line as never, 'connect');
  const sync = new WebSocket(`${service.url.replace('http', 'ws')}/sync/${session}`, { headers: { cookie: browser.cookie } });
  await once(sync, 'message');
  const staying = person.live(session);
  await once(staying as never, 'connect');
  const out = once(line as never, 'disconnect');
  const closed = once(sync, 'close');
  const stranger = await service.person('Stranger');
  const path = `/api/account/devices/${devices[1]?.id}`;
  expect((await stranger.ask('DELETE', path)).status).toBe(404);
  expect((await person.ask('DELETE', path)).status).toBe(204);
  await out;
  expect((await closed)[0]).toBe(4401);
  expect(await me(browser)).toBeNull();
  expect([(await me(person))?.name, staying.connected]).toEqual(['Ann', true]);
  staying.disconnect();
});

test('signing out ends this browser alone', async () => {
  const { person, email } = await account('Ann');
  const { browser } = await elsewhere(email);
  const kept = browser.cookie;
  await browser.ask('POST', '/api/account/sign-out');
  browser.cookie = kept;
  expect([await me(browser), (await me(person))?.name]).toEqual([null, 'Ann']);
});

test('a changed password signs all others out; the old one opens nothing', async () => {
  const { person, email } = await account('Ann');
  const { browser } = await elsewhere(email);
  const next = 'another long word';
  expect((await person.ask('POST', '/api/account/password', { current: 'wrong', next })).status).toBe(403);
  expect((await person.ask('POST', '/api/account/password', { current: PASSWORD, next })).status).toBe(204);
  expect([(await me(person))?.name, await me(browser)]).toEqual(['Ann', null]);
  expect((await elsewhere(email)).answer.status).toBe(401);
  expect((await elsewhere(email, next)).answer.status).toBe(200);
});

test('a name and a colour are seen in all sessions at once; a colour that somebody has there is not taken', async () => {
  const { person } = await account('Ann');
  // Whoever comes first has the colour that their id gives them: one in twelve has 4.
  await person.ask('PATCH', '/api/account', { color: 7 });
  const id = await person.session();
  const other = await service.person('Ben');
  await other.redeem(await person.invite(id, 'mixer'));
  await other.ask('PATCH', '/api/account', { color: 4 });
  const line = other.live(id);
  await once(line as never, 'connect');
  const told = once(line as never, 'member');
  const { body } = await person.ask<Told>('PATCH', '/api/account', { name: 'Ann Other', color: 4 });
  expect(body.user).toMatchObject({ name: 'Ann Other', color: 4 });
  await told;
  const members = (await other.ask<Member[]>('GET', `/api/sessions/${id}/members`)).body.map(({ user }) => [user.name, user.color]);
  expect(members).toEqual([
    ['Ann Other', 5],
    ['Ben', 4],
  ]);
  line.disconnect();
});

test('a forgotten password is set anew by the link in a letter, once; nobody else gets one', async () => {
  const { person, email } = await account('Ann');
  for (const to of [address(), email]) expect((await person.ask('POST', '/api/account/reset', { email: to })).status).toBe(202);
  await vi.waitFor(() => expect(mail.letters()).toHaveLength(1), 5000);
  const token = /#([\w-]+)/.exec(mail.letters()[0] ?? '')?.[1] ?? '';
  const forgetful = await service.person();
  const next = 'a word I remember';
  const confirm = (password: string) => forgetful.ask('POST', '/api/account/reset/confirm', { token, password });
  expect((await confirm(next)).status).toBe(204);
  expect((await confirm('and yet another')).status).toBe(410);
  expect((await elsewhere(email)).answer.status).toBe(401);
  expect((await elsewhere(email, next)).answer.status).toBe(200);
});

test('without a mail server it says so', async () => {
  const small = await runService({ SIGN_INS_PER_MINUTE: '3' });
  const person = await small.person('Ann');
  expect((await person.ask('GET', '/api/account')).body).toEqual({ email: null, mail: false });
  const answer = await person.ask<Told>('POST', '/api/account/reset', { email: 'a@example.org' });
  expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining('no mail server')]);
  // And trying passwords soon ends.
  const tries = [];
  for (let one = 0; one < 4; one++) {
    tries.push((await person.ask('POST', '/api/account/sign-in', { email: 'a@example.org', password: `word ${one}` })).status);
  }
  expect(tries.slice(-2)).toEqual([429, 429]);
  await small.dispose();
});
