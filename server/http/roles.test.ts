import { afterAll, beforeAll, expect, test } from 'vitest';
import { noise, pcmBytes, wavFile } from '../../lib/ingest/made-files';
import type { Comment, HistoryPage, Stem } from '../../lib/protocol';
import { type Person, type RunningService, runService } from '../running-service';

type Who = 'nobody' | 'stranger' | 'listener' | 'commenter' | 'mixer' | 'owner';
const WHO: readonly Who[] = ['nobody', 'stranger', 'listener', 'commenter', 'mixer', 'owner'];

/** For each route what each of the six gets. `{comment}` and its `{reply}` are the owner's, `{invite}` in force, `{stem}` and `{reference}` ready, `{event}` a gesture, `{snapshot}` and the blind `{test}` the owner's, `{binned}` another session with the same members, which the owner has deleted. */
const TABLE: readonly (readonly [route: string, body: object | null, ...statuses: number[]])[] = [
  //                                                                 nobody stranger listener commenter mixer owner
  ['GET /api/sessions/{id}', null, 401, 404, 200, 200, 200, 200],
  ['PATCH /api/sessions/{id}', { title: 'Another' }, 401, 404, 403, 403, 403, 200],
  ['DELETE /api/sessions/{id}', null, 401, 404, 403, 403, 403, 204],
  ['POST /api/sessions/{id}/duplicate', {}, 401, 404, 403, 403, 201, 201],
  ['POST /api/sessions/{id}/archive', { archived: true }, 401, 404, 200, 200, 200, 200],
  ['POST /api/bin/{binned}/restore', null, 401, 404, 404, 404, 404, 200],
  ['DELETE /api/bin/{binned}', null, 401, 404, 404, 404, 404, 204],
  ['GET /api/sessions/{id}/members', null, 401, 404, 200, 200, 200, 200],
  ['PATCH /api/sessions/{id}/members/{other}', { role: 'commenter' }, 401, 404, 403, 403, 403, 200],
  ['DELETE /api/sessions/{id}/members/{other}', null, 401, 404, 403, 403, 403, 204],
  ['GET /api/sessions/{id}/invites', null, 401, 404, 403, 403, 403, 200],
  ['POST /api/sessions/{id}/invites', { role: 'mixer' }, 401, 404, 403, 403, 403, 201],
  ['DELETE /api/sessions/{id}/invites/{invite}', null, 401, 404, 403, 403, 403, 204],
  ['GET /api/sessions/{id}/stems', null, 401, 404, 200, 200, 200, 200],
  ['POST /api/sessions/{id}/stems?filename=a.wav', {}, 401, 404, 403, 403, 202, 202],
  ['PATCH /api/sessions/{id}/stems/{stem}', { offset: 1 }, 401, 404, 403, 403, 409, 409],
  ['POST /api/sessions/{id}/stems?filename=a.wav&kind=reference', {}, 401, 404, 403, 403, 202, 202],
  ['PATCH /api/sessions/{id}/stems/{reference}', { offset: 1 }, 401, 404, 403, 403, 200, 200],
  ['DELETE /api/sessions/{id}/stems/{reference}', null, 401, 404, 403, 403, 204, 204],
  ['GET /media/{id}/{reference}/manifest.json', null, 401, 404, 200, 200, 200, 200],
  ['DELETE /api/sessions/{id}/stems/{stem}', null, 401, 404, 403, 403, 204, 204],
  ['GET /api/sessions/{id}/stems/{stem}/original', null, 401, 404, 200, 200, 200, 200],
  ['GET /media/{id}/{stem}/manifest.json', null, 401, 404, 200, 200, 200, 200],
  ['GET /media/{id}/{stem}/peaks.bin', null, 401, 404, 200, 200, 200, 200],
  ['GET /api/sessions/{id}/history', null, 401, 404, 200, 200, 200, 200],
  ['GET /api/sessions/{id}/history/away', null, 401, 404, 200, 200, 200, 200],
  ['GET /api/sessions/{id}/history/{event}/mix', null, 401, 404, 200, 200, 200, 200],
  ['POST /api/sessions/{id}/history/{event}/take-back', {}, 401, 404, 403, 403, 200, 200],
  ['GET /api/sessions/{id}/snapshots', null, 401, 404, 200, 200, 200, 200],
  ['POST /api/sessions/{id}/snapshots', { name: 'Rough' }, 401, 404, 403, 403, 201, 201],
  ['GET /api/sessions/{id}/snapshots/{snapshot}', null, 401, 404, 200, 200, 200, 200],
  ['PATCH /api/sessions/{id}/snapshots/{snapshot}', { name: 'Rough' }, 401, 404, 403, 403, 403, 200],
  ['DELETE /api/sessions/{id}/snapshots/{snapshot}', null, 401, 404, 403, 403, 403, 204],
  ['GET /api/sessions/{id}/chat', null, 401, 404, 200, 200, 200, 200],
  ['GET /api/sessions/{id}/blind-tests', null, 401, 404, 200, 200, 200, 200],
  ['POST /api/sessions/{id}/blind-tests', { versions: ['x', 'now'] }, 401, 404, 403, 403, 404, 404],
  ['GET /api/sessions/{id}/blind-tests/{test}/mixes/A', null, 401, 404, 200, 200, 200, 200],
  ['POST /api/sessions/{id}/blind-tests/{test}/hear', { letter: 'A' }, 401, 404, 403, 200, 200, 200],
  ['PUT /api/sessions/{id}/blind-tests/{test}/vote', { letter: 'A' }, 401, 404, 403, 200, 200, 200],
  ['POST /api/sessions/{id}/blind-tests/{test}/reveal', null, 401, 404, 403, 403, 403, 200],
  ['DELETE /api/sessions/{id}/blind-tests/{test}', null, 401, 404, 403, 403, 403, 204],
  ['GET /api/sessions/{id}/comments', null, 401, 404, 200, 200, 200, 200],
  ['POST /api/sessions/{id}/comments', { body: 'Hm', at: 42 }, 401, 404, 403, 201, 201, 201],
  ['PATCH /api/sessions/{id}/comments/{comment}', { body: 'Hm' }, 401, 404, 403, 403, 403, 200],
  ['DELETE /api/sessions/{id}/comments/{comment}', null, 401, 404, 403, 403, 204, 204],
  ['POST /api/sessions/{id}/comments/{comment}/approve', null, 401, 404, 403, 403, 200, 200],
  ['POST /api/sessions/{id}/comments/{comment}/resolve', {}, 401, 404, 403, 403, 200, 200],
  ['POST /api/sessions/{id}/comments/{comment}/decide', { accepted: true }, 401, 404, 403, 403, 200, 200],
  ['GET /api/sessions/{id}/comments/{comment}/mix', null, 401, 404, 200, 200, 200, 200],
  ['POST /api/sessions/{id}/comments/read', {}, 401, 404, 200, 200, 200, 200],
  ['POST /api/sessions/{id}/comments/{comment}/replies', { body: 'Yes' }, 401, 404, 403, 201, 201, 201],
  ['PATCH /api/sessions/{id}/comments/{comment}/replies/{reply}', { body: 'No' }, 401, 404, 403, 403, 403, 200],
  ['DELETE /api/sessions/{id}/comments/{comment}/replies/{reply}', null, 401, 404, 403, 403, 200, 200],
];

const WAV = { rate: 48_000, channels: 1, bits: 16 } as const;

let service: RunningService;
const people = new Map<Who, Person>();
const person = (who: Who): Person => {
  const found = people.get(who);
  if (found === undefined) throw new Error(`nobody is ${who}`);
  return found;
};

beforeAll(async () => {
  service = await runService({
    COMMENTS_PER_MINUTE: '10000',
    SESSIONS_PER_MINUTE: '10000',
    INVITE_LOOKS_PER_MINUTE: '10000',
    GUESTS_PER_MINUTE: '10000',
    SIGN_INS_PER_MINUTE: '10000',
  });
  for (const who of WHO) people.set(who, await service.person(who === 'nobody' ? undefined : who));
});
afterAll(() => service.dispose());

/** A session with one member of each role and another listener; the values for the route's parameters. */
async function scene(): Promise<Record<string, string>> {
  const owner = person('owner');
  const id = await owner.session();
  for (const role of ['mixer', 'commenter', 'listener'] as const) await person(role).redeem(await owner.invite(id, role));
  const other = await service.person('Other');
  await other.redeem(await owner.invite(id, 'listener'));
  const { body: invite } = await owner.ask<{ id: string }>('POST', `/api/sessions/${id}/invites`, { role: 'listener' });
  const suggestion = { changes: [{ control: 'strip/master/fader', to: -3 }] };
  const { body: comment } = await owner.ask<{ id: string }>('POST', `/api/sessions/${id}/comments`, {
    body: 'Too loud',
    at: 42,
    suggestion,
  });
  const { body: answered } = await owner.ask<Comment>('POST', `/api/sessions/${id}/comments/${comment.id}/replies`, { body: 'Yes' });
  const reply = answered.replies[0]?.id ?? '';
  const stem = await readyStem(id, 'stem');
  const reference = await readyStem(id, 'reference');
  const { body: history } = await owner.ask<HistoryPage>('GET', `/api/sessions/${id}/history`);
  const { body: snapshot } = await owner.ask<{ id: string }>('POST', `/api/sessions/${id}/snapshots`, { name: 'Rough' });
  const binned = await owner.session();
  for (const role of ['mixer', 'commenter', 'listener'] as const) await person(role).redeem(await owner.invite(binned, role));
  await owner.ask('DELETE', `/api/sessions/${binned}`);
  const { body: blind } = await owner.ask<{ id: string }>('POST', `/api/sessions/${id}/blind-tests`, { versions: [snapshot.id, 'now'] });
  return {
    id,
    test: blind.id,
    snapshot: snapshot.id,
    other: other.id,
    invite: invite.id,
    comment: comment.id,
    reply,
    stem,
    reference,
    event: history.events[0]?.id ?? '',
    binned,
  };
}

/** A tenth of a second of noise as a stem of the session, or beside it, once it can play. */
async function readyStem(id: string, kind: Stem['kind']): Promise<string> {
  const owner = person('owner');
  const wav = wavFile(pcmBytes(noise(4800, 1, 16), WAV), WAV);
  const { body: sent } = await owner.ask<Stem>('POST', `/api/sessions/${id}/stems?filename=a.wav&kind=${kind}`, wav);
  for (;;) {
    const { body: stems } = await owner.ask<Stem[]>('GET', `/api/sessions/${id}/stems`);
    if (stems.find((stem) => stem.id === sent.id)?.status === 'ready') return sent.id;
  }
}

const cases = TABLE.flatMap(([route, body, ...statuses]) => WHO.map((who, index) => ({ route, body, who, status: statuses[index] })));

/** What changes nothing may share one scene: questions, and whatever is refused. */
let shared: Promise<Record<string, string>> | undefined;

test.each(cases)('$who: $route → $status', async ({ route, body, who, status = 0 }) => {
  const changes = !route.startsWith('GET') && status < 400;
  if (!changes) shared ??= scene();
  const values = (changes ? undefined : await shared) ?? (await scene());
  const [method = '', path = ''] = route.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '').split(' ');
  const answer = await person(who).ask<{ detail?: string }>(method, path, body ?? undefined);
  expect(answer.status, answer.body.detail).toBe(status);
});

test('who may not know of a session gets, word for word, what one that does not exist gets', async () => {
  const { id = '' } = await scene();
  const there = await person('stranger').ask('GET', `/api/sessions/${id}`);
  const nowhere = await person('stranger').ask('GET', '/api/sessions/nowhere');
  expect(there.status).toBe(404);
  expect(there.body).toEqual(nowhere.body);
});

/** Routes of no session, which ask for no role, and what they answer to nobody; of uploads that are not theirs, to a stranger. */
const OPEN: Readonly<Record<string, readonly [body: object | null, nobody: number, stranger?: number]>> = {
  'GET /healthz': [null, 200],
  'GET /readyz': [null, 200],
  'GET /metrics': [null, 200],
  'GET /api/openapi.json': [null, 200],
  'GET /api/me': [null, 200],
  'POST /api/guests': [{ name: '' }, 400],
  'GET /api/account': [null, 200],
  'PATCH /api/account': [{ name: 'Another' }, 401],
  'POST /api/account/sign-up': [{ email: 'a@example.org', password: 'long enough a word' }, 400],
  'POST /api/account/sign-in': [{ email: 'a@example.org', password: 'x' }, 401, 401],
  'POST /api/account/sign-out': [null, 401],
  'GET /api/account/devices': [null, 401],
  'DELETE /api/account/devices/{deviceId}': [null, 401, 404],
  'POST /api/account/password': [{ current: 'x', next: 'long enough a word' }, 401, 409],
  'POST /api/account/reset': [{ email: 'a@example.org' }, 409, 409],
  'POST /api/account/reset/confirm': [{ token: 'nonsense', password: 'long enough a word' }, 410, 410],
  'POST /api/invites/look': [{ token: 'nonsense' }, 404],
  'POST /api/invites/redeem': [{ token: 'nonsense' }, 401],
  'GET /api/sessions': [null, 401],
  'POST /api/sessions': [{ title: 'Mine' }, 401],
  'POST /api/demo': [{}, 401],
  'GET /api/bin': [null, 401],
  'POST /api/uploads': [null, 401],
  'HEAD /api/uploads/{stemId}': [null, 401, 404],
  'PATCH /api/uploads/{stemId}': [null, 401, 404],
  'DELETE /api/uploads/{stemId}': [null, 401, 404],
  // No role opens these: ADMIN_TOKEN does, and without that variable there is nothing there.
  'POST /api/admin/login': [{ token: 'nonsense' }, 404, 404],
  'DELETE /api/admin/login': [null, 404, 404],
  'GET /api/admin/overview': [null, 404, 404],
  'GET /api/admin/sessions': [null, 404, 404],
  'DELETE /api/admin/sessions/{id}': [null, 404, 404],
  'POST /api/admin/sessions/{id}/restore': [null, 404, 404],
  'GET /api/admin/people': [null, 404, 404],
  'GET /api/admin/jobs': [null, 404, 404],
  'POST /api/admin/jobs/{stemId}/retry': [null, 404, 404],
  'DELETE /api/admin/jobs/{stemId}': [null, 404, 404],
};

const openCases = Object.entries(OPEN).flatMap(([route, [body, nobody, stranger]]) => [
  { route, body, who: 'nobody' as const, status: nobody },
  ...(stranger === undefined ? [] : [{ route, body, who: 'stranger' as const, status: stranger }]),
]);
test.each(openCases)('$who: $route → $status', async ({ route, body, who, status }) => {
  const [method = '', path = ''] = route.replace(/\{\w+\}/, 'nowhere').split(' ');
  const tus = route.includes('/uploads') ? { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'upload-length': '10' } : {};
  const answer = await person(who).ask<{ detail?: string }>(method, path, body ?? undefined, tus);
  expect(answer.status, answer.body.detail).toBe(status);
});

test('every route stands in the table of roles, or in that of those which ask for none', async () => {
  const { body } = await person('nobody').ask<{ paths: Record<string, Record<string, unknown>> }>('GET', '/api/openapi.json');
  const listed = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const names = {
    '{binned}': '{id}',
    '{other}': '{userId}',
    '{invite}': '{inviteId}',
    '{comment}': '{commentId}',
    '{reply}': '{replyId}',
    '{stem}': '{stemId}',
    '{reference}': '{stemId}',
    '{event}': '{eventId}',
    '{snapshot}': '{snapshotId}',
    '{test}': '{testId}',
    'mixes/A': 'mixes/{letter}',
    'peaks.bin': '{name}',
  };
  const tabled = TABLE.map(([route]) =>
    Object.entries(names).reduce((path, [ours, theirs]) => path.replace(ours, theirs), route.replace(/\?.*/, '')),
  );
  expect(listed.sort()).toEqual([...new Set([...tabled, ...Object.keys(OPEN)])].sort());
});

test('the description lists every route that there is', async () => {
  const { body } = await person('nobody').ask<{ paths: Record<string, Record<string, unknown>> }>('GET', '/api/openapi.json');
  const listed = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const named = service.services.app.routes.map(({ method, path }) => ({ method, path: path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}') }));
  const answered = new Set(named.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`));
  // tus answers all methods of its paths itself.
  const paths = new Set(named.map(({ path }) => path).filter((path) => path !== '/*'));
  expect(listed.filter((route) => !route.includes('/api/uploads')).sort()).toEqual([...answered].sort());
  expect(Object.keys(body.paths).sort()).toEqual([...paths].sort());
});
