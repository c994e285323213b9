import { describe, expect, it, vi } from 'vitest';
import { mixOfRecords } from '../../doc';
import type { Change, Records } from '../../mix';
import type { HistoryEvent, HistoryPage } from '../../protocol';
import { createStore } from '../../std';
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
  const hold = vi.fn((_changes: readonly Change[]) => () => {});
  const mix = createStore(mixOfRecords(new Map()));
  const api = { history } as unknown as Api;
  const session = new SessionHistory({ api, session: 's', mix, hold });
  return {
    session,
    asked,
    mix,
    hold,
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

  it('asks for one person, one strip and a time', async () => {
    const { session, asked } = opened();
    session.watch();
    session.setFilter({ user: 'ana', strip: null, since: 1000 });
    await settled();
    expect(session.list.get()).toEqual([]);
    expect(asked.at(-1)).toEqual({ user: 'ana', since: 1000 });
  });

  it('hears a gesture before and after; a default is stored as nothing', () => {
    const { session, hold } = opened();
    session.audition(event('a'), 'before');
    session.audition(event('a'), 'after');
    const at = (fader: number | undefined): Change => ({ do: 'put', map: 'strips', id: 'lead', fields: { fader } });
    expect(hold.mock.calls).toEqual([[[at(undefined)]], [[at(-6)]]]);
    expect(session.canAudition(event('b', { differences: [{ did: 'remove', map: 'strips', id: 'lead', fields: {} }] }))).toBe(false);
  });

  it('hears a control as it was although a lane leads it now', () => {
    const { session, hold, mix } = opened();
    const lane = 'strip/lead/fader';
    const records: Records = new Map([
      ['strips', new Map([['lead', new Map([['kind', 'stem']])]])],
      ['automation', new Map([[lane, new Map([['p1', '0 -3 l']])]])],
    ]);
    mix.set(mixOfRecords(records));
    session.audition(event('a'), 'after');
    expect(hold.mock.lastCall?.[0]).toContainEqual({ do: 'put', map: 'automation', id: lane, fields: { read: false } });
  });
});
