import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Comment, Reply, Suggestion } from '../../protocol';
import { createStore, Scope } from '../../std';
import { createApi } from '../api/api';
import { createRequest } from '../api/request';
import { FADER, two } from '../desk/table.fixture';
import { Matcher } from '../heard/matcher';
import { SessionAudition } from '../heard/session-audition';
import type { SaveState } from '../types';
import { SessionComments } from './comments';

const author = { id: 'ann', name: 'Ann', color: 1 };
const reply = (id: string, body: string): Reply => ({ id, author, body, mentions: [], createdAt: 0, editedAt: null });
const comment: Comment = {
  id: 'c',
  author,
  body: 'Louder',
  mentions: [],
  at: 42,
  status: 'published',
  createdAt: 0,
  shownAt: 0,
  editedAt: null,
  replies: [],
};
const suggestion: Suggestion = { changes: [{ control: 'strip/kick/fader', from: 0, to: -20 }], status: 'open', decidedBy: null };
const suggesting: Comment = { ...comment, suggestion };

/** A page whose service answers with `records` for the mix of a comment, and accepts everything. */
function opened(records: unknown = {}) {
  const { ana, ben } = two();
  const scope = new Scope();
  const asked: string[] = [];
  const request = createRequest(async (url, { method }) => {
    asked.push(`${method} ${url}`);
    return Response.json(url.endsWith('/mix') ? { records } : { ...suggesting, status: 'resolved' });
  });
  const together = createStore(true);
  const playing = createStore(false);
  const did: string[] = [];
  const gains: number[] = [];
  const saved = createStore<SaveState>({ state: 'saved' });
  const audition = new SessionAudition({
    document: ana.document,
    heard: ana.layers,
    // As loud as its fader stands.
    matcher: new Matcher({
      loudness: { of: async (mix) => mix.strips.get('kick')?.values['fader'] ?? 0 },
      loop: createStore(null),
      scope,
    }),
    monitor: { match: (gain) => gains.push(gain) },
    scope,
  });
  const transport = {
    together,
    playing,
    setTogether: (on: boolean) => {
      did.push(on ? 'together' : 'alone');
      together.set(on);
    },
    seek: (at: number) => did.push(`seek ${at}`),
    play: () => did.push('play'),
  };
  const comments = new SessionComments({
    api: createApi(request),
    session: 's',
    me: author,
    readAt: 0,
    desk: ana.desk,
    audition,
    transport,
    saved,
    notify: () => {},
    scope,
  });
  return { ana, ben, comments, asked, did, gains, saved, audition, fader: () => ana.desk.value(FADER).get() };
}

beforeEach(() => vi.useFakeTimers());

test('replies that are told of alone are put into their comment, changed and taken out', () => {
  const { comments } = opened();
  const bodies = () => comments.list.get()[0]?.replies.map(({ body }) => body);
  comments.take({ what: 'put', comment });
  comments.take({ what: 'reply', id: 'c', reply: reply('a', 'Yes') });
  comments.take({ what: 'reply', id: 'c', reply: reply('b', 'No') });
  comments.take({ what: 'reply', id: 'c', reply: reply('a', 'Yes!') });
  comments.take({ what: 'reply', id: 'nowhere', reply: reply('x', 'To nothing') });
  expect(bodies()).toEqual(['Yes!', 'No']);
  comments.take({ what: 'reply gone', id: 'c', replyId: 'a' });
  expect(bodies()).toEqual(['No']);
});

describe('a suggestion', () => {
  test('is heard by me alone, as loud as the mix, and nothing of it goes out', async () => {
    const { ana, ben, comments, gains, fader } = opened();
    const before = [ana.updates(), ana.frames];
    expect(comments.hearSuggestion(suggesting).ok).toBe(true);
    expect([fader(), ben.desk.value(FADER).get()]).toEqual([-20, 0]);
    await vi.runOnlyPendingTimersAsync();
    comments.switchHearing(false);
    expect([fader(), gains.at(-1), comments.hearing.get()?.on]).toEqual([0, -20, false]);
    comments.switchHearing(true);
    expect([fader(), gains.at(-1)]).toEqual([-20, 0]);
    comments.endHearing();
    expect([fader(), comments.hearing.get()]).toEqual([0, null]);
    expect([ana.updates(), ana.frames]).toEqual(before);
  });

  test('accepted while it is heard is one step of mine for all, and told once it is on disk', async () => {
    const { ana, ben, comments, asked, saved } = opened();
    saved.set({ state: 'saving', kept: 1 });
    comments.hearSuggestion(suggesting);
    const accepting = comments.accept(suggesting);
    expect([ana.desk.value(FADER).get(), ben.desk.value(FADER).get(), asked]).toEqual([-20, -20, []]);
    saved.set({ state: 'saved' });
    expect((await accepting).ok).toBe(true);
    expect(asked).toEqual(['POST /api/sessions/s/comments/c/decide']);
    expect(comments.list.get()).toMatchObject([{ status: 'resolved' }]);
    ana.desk.undo();
    expect(ben.desk.value(FADER).get()).toBe(0);
  });

  test('that cannot be sent within some seconds says so, and the mix is changed', async () => {
    const { ana, comments, asked, saved } = opened();
    saved.set({ state: 'offline', kept: 1 });
    const accepting = comments.accept(suggesting);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await accepting).toMatchObject({ ok: false, error: expect.stringContaining('will be sent') });
    expect([ana.desk.value(FADER).get(), asked]).toEqual([-20, []]);
  });

  test('of controls that are gone is neither heard nor accepted', async () => {
    const { comments, asked } = opened();
    const gone: Comment = { ...comment, suggestion: { ...suggestion, changes: [{ control: 'strip/none/fader', from: 0, to: 1 }] } };
    expect(comments.hearSuggestion(gone).ok).toBe(false);
    expect((await comments.accept(gone)).ok).toBe(false);
    expect(asked).toEqual([]);
  });
});

describe('hearing it as it was', () => {
  const records = { strips: { kick: { kind: 'stem', name: 'Kick', order: 'a1', output: 'master', fader: -9 } } };

  test('plays the mix of then from the comment’s moment for me alone, and leads back to the others', async () => {
    const { ana, ben, comments, did, fader } = opened(records);
    await comments.hearAsItWas(comment);
    expect([fader(), ben.desk.value(FADER).get(), ana.updates()]).toEqual([-9, 0, 0]);
    expect(did).toEqual(['alone', 'seek 42', 'play']);
    comments.endHearing();
    expect([fader(), did.at(-1)]).toEqual([0, 'together']);
  });

  test('ends when something else is offered to be heard', async () => {
    const { comments, did, audition, fader } = opened(records);
    await comments.hearAsItWas(comment);
    audition.compare([]);
    expect([fader(), comments.hearing.get(), did.at(-1)]).toEqual([0, null, 'together']);
  });

  test('that comes too late for what was asked for meanwhile is not heard', async () => {
    const { comments, did } = opened(records);
    const late = comments.hearAsItWas(comment);
    comments.hearSuggestion(suggesting);
    await late;
    expect([comments.hearing.get()?.what, did]).toEqual(['suggestion', []]);
  });
});
