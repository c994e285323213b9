import { describe, expect, it, vi } from 'vitest';
import type { HistoryEvent, HistoryPage } from '../../protocol';
import type { Api } from '../api/api';
import { SessionHistory } from './history';

const event = (id: string, more: Partial<HistoryEvent> = {}): HistoryEvent => ({
  id,
  by: null,
  at: 0,
  until: 0,
  kind: 'set',
  strip: 'lead',
  strips: ['lead'],
  parameter: 'fader',
  names: { lead: 'Lead' },
  inserts: {},
  differences: [{ did: 'set', map: 'strips', id: 'lead', field: 'fader', to: -6 }],
  changes: 1,
  reverts: null,
  takenBack: false,
  ...more,
});

function opened() {
  let page: HistoryPage = { events: [], next: null };
  const asked: object[] = [];
  const history = async (_: string, query: object) => {
    asked.push(query);
    return page;
  };
  const audition = vi.fn(() => () => {});
  const api = { history } as unknown as Api;
  const session = new SessionHistory({ api, session: 's', audition });
  return {
    session,
    asked,
    audition,
    give: (events: readonly HistoryEvent[], next: string | null = null) => (page = { events: [...events], next }),
  };
}
const ids = (session: SessionHistory) =>
  session.list
    .get()
    ?.map(({ id }) => id)
    .join(' ') ?? null;
const settled = () => new Promise((done) => setTimeout(done));

describe('the history in the page', () => {
  it('asks for nothing while nobody looks', async () => {
    const { session, asked } = opened();
    session.refresh();
    await settled();
    expect(asked).toEqual([]);
    const leave = session.watch();
    await settled();
    leave();
    session.refresh();
    await settled();
    expect(asked).toHaveLength(1);
  });

  it('keeps older pages under what is new, and marks what was taken back', async () => {
    const { session, give } = opened();
    give([event('c'), event('b')], '2');
    session.watch();
    await settled();
    give([event('a')], null);
    await session.older();
    expect([ids(session), session.next.get()]).toEqual(['c b a', null]);
    give([event('d', { reverts: 'a' }), event('c')], '3');
    session.refresh();
    await settled();
    expect(ids(session)).toBe('d c b a');
    expect(session.list.get()?.at(-1)?.takenBack).toBe(true);
  });

  it('begins anew where more has happened than one page holds', async () => {
    const { session, give } = opened();
    give([event('b'), event('a')], '1');
    session.watch();
    await settled();
    give([event('z'), event('y')], '25');
    session.refresh();
    await settled();
    expect([ids(session), session.next.get()]).toEqual(['z y', '25']);
  });

  it('asks for one person and one strip', async () => {
    const { session, asked } = opened();
    session.watch();
    session.setFilter({ user: 'ana', strip: null });
    await settled();
    expect(session.list.get()).toEqual([]);
    expect(asked.at(-1)).toEqual({ user: 'ana' });
  });

  it('hears a gesture before and after; a default is stored as nothing', () => {
    const { session, audition } = opened();
    session.audition(event('a'), 'before');
    session.audition(event('a'), 'after');
    const target = { on: 'strip', id: 'lead', parameter: 'fader' };
    expect(audition.mock.calls).toEqual([[[[target, 0]]], [[[target, -6]]]]);
    expect(session.canAudition(event('b', { differences: [{ did: 'remove', map: 'strips', id: 'lead', fields: {} }] }))).toBe(false);
  });
});
