import 'fake-indexeddb/auto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Engine, EngineState } from '../lib/audio';
import type { OpenSession } from '../lib/client';
import { countKept, openKept } from '../lib/client/document/kept';
import type { Socket } from '../lib/client/document/watched-socket';
import { openOn } from '../lib/client/session';
import type { Mix, Target } from '../lib/mix';
import { createStore } from '../lib/std';
import { compose } from './compose';
import { readConfig } from './config';
import { createLog } from './observability/log';
import { Person } from './running-service';
import { type Running, start } from './start';

/** Two pages' worth of client, without the pages, at the real service, which dies and comes back on the same port. */
let port = 0;
const origin = () => `http://127.0.0.1:${port}`;
const FADER: Target = { on: 'strip', id: 'room', parameter: 'fader' };

let folder: string;
let running: Running | null = null;
const open: OpenSession[] = [];

async function up(): Promise<void> {
  const config = readConfig({ LOG_LEVEL: 'silent', DATA_DIR: folder, PORT: String(port), DEMO_SONG: 'off' });
  const log = createLog(config.LOG_LEVEL);
  running = await start({ services: await compose(config, log), log, port, host: '127.0.0.1', secure: false, openPages: null });
  port = running.port;
}

async function down(): Promise<void> {
  await running?.stop();
  running = null;
}

beforeEach(async () => {
  port = 0;
  folder = await mkdtemp(join(tmpdir(), 'open-session-'));
  await up();
});
afterEach(async () => {
  for (const session of open.splice(0)) session.close();
  await down();
  await rm(folder, { recursive: true });
});

/** An engine's ears: what it is told, and a player that does it on time. */
function ears() {
  const playing = createStore(false);
  let from = { position: 0, at: 0 };
  let mix: Mix | null = null;
  const values: number[] = [];
  const state = createStore<EngineState>({ state: 'idle' });
  const engine = {
    state,
    shortage: createStore<string | null>(null),
    underruns: createStore(0),
    start: async () => state.set({ state: 'running' }),
    setMix: (next: Mix) => {
      mix = next;
    },
    setValue: (_target: Target, value: number) => values.push(value),
    letGo: () => {},
    setStems: () => {},
    close: () => {},
    hearing: () => ({ stems: 0, lacks: new Map(), effects: 0, rate: 48_000, latency: 0 }),
    capture: async () => [new Float32Array(0), new Float32Array(0)],
    outputs: { nudge: createStore(0) },
    monitor: {
      match: () => {},
      dip: () => {},
      key: createStore(null),
      soloed: createStore(new Set()),
      soloMode: createStore('in place'),
      listening: createStore({ mono: false, side: false, swap: false, invert: false, band: 'all', crossfeed: 'off' }),
    },
    player: {
      playing,
      waiting: createStore(false),
      corrections: createStore(0),
      play(position: number, at = performance.now()) {
        from = { position, at };
        playing.set(true);
      },
      stop(position = 0) {
        from = { position, at: 0 };
        playing.set(false);
      },
      seek(position: number) {
        from = { position, at: 0 };
      },
      setLoop: () => {},
      position: () => (playing.get() ? from.position + (performance.now() - from.at) / 1000 : from.position),
      follow: (position: number, at: number) => (position - (from.position + (at - from.at) / 1000)) * 1000,
    },
  };
  return { engine: engine as unknown as Engine, values, mix: () => mix };
}

async function person(name: string): Promise<Person> {
  const someone = new Person(origin);
  await someone.arrive(name);
  return someone;
}

async function sit(someone: Person, id: string) {
  const { engine, values, mix } = ears();
  const headers = { cookie: someone.cookie, origin: origin() };
  const page = new EventTarget();
  const session = await openOn(
    {
      origin: origin(),
      fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, cookie: someone.cookie } }),
      openSocket: (url) => new WebSocket(url, { headers }) as unknown as Socket,
      headers,
      openKept,
      openKeptDraft: async () => ({ load: async () => null, keep: async () => {}, close: () => {} }),
      countKept,
      createEngine: () => engine,
      createTalk: null,
      storage: null,
      page,
      now: () => performance.now(),
      random: Math.random,
    },
    id,
  );
  open.push(session);
  return { session, values, mix, page };
}

const saved = (session: OpenSession) => vi.waitFor(() => expect(session.saved.get()).toEqual({ state: 'saved' }), { timeout: 20_000 });
const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });
const fader = (session: OpenSession) => session.desk.mix.get().strips.get('room')?.values['fader'];

async function two(role = 'mixer') {
  const [ana, ben] = [await person('Ana'), await person('Ben')];
  const id = await ana.session('Slow Ferry');
  await ben.redeem(await ana.invite(id, role));
  return { id, people: { ana, ben }, ana: await sit(ana, id), ben: await sit(ben, id) };
}

describe('an open session at the real service', () => {
  it('shows each the other, the hand, then the value', async () => {
    const { ana, ben } = await two();
    expect(ana.session.desk.mix.get().strips.size).toBeGreaterThan(2);
    await soon(() => expect(ben.session.people.here.get().map(({ user }) => user.name)).toEqual(['Ben', 'Ana']));
    await soon(() => expect(ana.session.people.here.get().length).toBe(2));

    const grab = ana.session.desk.grab([FADER]);
    if (!grab.ok) throw new Error(grab.error);
    grab.value.move(-12);
    await soon(() => expect(ben.session.desk.hand(FADER).get()?.user.name).toBe('Ana'));
    await soon(() => expect(ben.session.desk.value(FADER).get()).toBe(-12));
    expect(ben.values).toContain(-12);
    const refused = ben.session.desk.grab([FADER]);
    expect(refused.ok ? '' : refused.error).toContain('Ana');
    grab.value.release();
    await soon(() => expect(fader(ben.session)).toBe(-12));
    await soon(() => expect(ben.session.desk.hand(FADER).get()).toBeNull());
    await saved(ana.session);
    expect(ben.mix()?.strips.get('room')?.values['fader']).toBe(-12);
    ana.session.select('room');
    await soon(() => expect(ben.session.people.here.get()[1]?.selected).toBe('room'));
  });

  it('two take one fader in the same moment: one has it, the other sees who, and nothing jumps', async () => {
    const { ana, ben } = await two();
    await soon(() => expect(ana.session.people.here.get().length).toBe(2));
    ana.session.desk.set([FADER, -6]);
    await soon(() => expect(fader(ben.session)).toBe(-6));
    const seats = [
      { me: ana, name: 'Ana', way: 0.5 },
      { me: ben, name: 'Ben', way: -0.5 },
    ];
    for (const { me } of seats) me.values.length = 0;
    const hands = seats.map(({ me }) => me.session.desk.grab([FADER]));
    const move = (step: number) => {
      for (const [index, hand] of hands.entries()) if (hand.ok) hand.value.move(-6 + step * (seats[index]?.way ?? 0));
    };
    expect(hands.map(({ ok }) => ok)).toEqual([true, true]);
    move(1);
    // Whom the page tells that somebody else has it has let go.
    const yielded = () => seats.filter(({ me }) => me.session.desk.hand(FADER).get() !== null);
    await soon(() => expect(yielded().length).toBe(1));
    const [loser, winner] = yielded()[0] === seats[0] ? seats : [seats[1], seats[0]];
    if (!winner || !loser) throw new Error('nobody has it');
    for (let step = 2; step <= 6; step++) {
      move(step);
      await soon(() => expect(loser.me.session.desk.value(FADER).get()).toBe(-6 + step * winner.way));
    }
    expect(loser.me.session.desk.hand(FADER).get()?.user.name).toBe(winner.name);
    const refused = loser.me.session.desk.grab([FADER]);
    expect(refused.ok ? '' : refused.error).toContain(winner.name);
    for (const hand of hands) if (hand.ok) hand.value.release();
    for (const { me } of seats) await soon(() => expect(fader(me.session)).toBe(-6 + 6 * winner.way));
    // The one who has it hears nothing but this hand, the other at most the own first step before it.
    const steps = [0, 1, 2, 3, 4, 5, 6].map((step) => -6 + step * winner.way);
    expect(winner.me.values.filter((value) => !steps.includes(value))).toEqual([]);
    expect(loser.me.values.filter((value) => ![...steps, -6 + loser.way].includes(value))).toEqual([]);
    const jumps = loser.me.values.slice(1).map((value, n) => Math.abs(value - (loser.me.values[n] ?? 0)));
    expect(Math.max(...jumps)).toBeLessThanOrEqual(1);
  });

  it('a listener sees it move and moves nothing', async () => {
    const { ana, ben } = await two('listener');
    expect(ben.session.desk.writable.get()).toBe(false);
    expect(ben.session.desk.set([FADER, -3]).ok).toBe(false);
    ana.session.desk.set([FADER, -5]);
    await soon(() => expect(fader(ben.session)).toBe(-5));
    await saved(ben.session);
  });

  it('a changed role acts at once', async () => {
    const { ana, ben, people } = await two();
    expect(ben.session.desk.writable.get()).toBe(true);
    await ana.session.people.setRole(people.ben.id, 'listener');
    await soon(() => expect(ben.session.role.get()).toBe('listener'));
    expect(ben.session.desk.writable.get()).toBe(false);
    await ana.session.people.remove(people.ben.id);
    await soon(() => expect(ben.session.saved.get()).toMatchObject({ state: 'refused', retry: false }));
  });

  it('all play from one anchor, and who is on their own does not', async () => {
    const { ana, ben } = await two();
    ana.session.transport.play();
    await soon(() => expect(ben.session.transport.playing.get()).toBe(true));
    ben.session.transport.play();
    await soon(() => expect(ana.session.transport.position()).toBeGreaterThan(0.3));
    // Each clock is off by no more than it says itself.
    const exactness = () => [ana, ben].map(({ session }) => session.transport.exactness.get());
    await soon(() => expect(exactness()).not.toContain(null));
    const bound = exactness().reduce<number>((sum, ms) => sum + (ms ?? 0), 10);
    const apart = Math.abs(ana.session.transport.position() - ben.session.transport.position());
    expect(apart).toBeLessThan(bound / 1000);
    ben.session.transport.setTogether(false);
    ana.session.transport.stop();
    await soon(() => expect(ana.session.transport.playing.get()).toBe(false));
    expect(ben.session.transport.playing.get()).toBe(true);
    await soon(() => expect(ana.session.people.here.get().find(({ me }) => !me)?.together).toBe(false));
  });

  it('comments, invites and the title go round', async () => {
    const { ana, ben } = await two();
    const comment = await ana.session.comments.add({ body: 'The lead sinks here.', at: 42 });
    await soon(() => expect(ben.session.comments.list.get().map(({ body }) => body)).toEqual(['The lead sinks here.']));
    await ben.session.comments.reply(comment.id, { body: 'It does.' });
    await soon(() => expect(ana.session.comments.list.get()[0]?.replies.length).toBe(1));
    await ana.session.comments.resolve(comment.id, true);
    await soon(() => expect(ben.session.comments.list.get()[0]?.status).toBe('resolved'));
    const { url, id } = await ana.session.people.invite({ role: 'listener', maxUses: 1 });
    expect(url).toContain('#');
    expect(ana.session.people.invites.get().map((invite) => invite.id)).toContain(id);
    await ana.session.people.revoke(id);
    await ana.session.rename('Slow Ferry Home');
    expect(ana.session.info.get().title).toBe('Slow Ferry Home');
    await expect(ben.session.rename('Mine')).rejects.toMatchObject({ name: 'ApiProblem', status: 403 });
  });

  it('the service goes in the middle of a drag and comes back: nothing is lost', async () => {
    const { ana, ben, id, people } = await two();
    ben.session.desk.set([FADER, -9]);
    await saved(ben.session);
    const grab = ana.session.desk.grab([FADER]);
    if (!grab.ok) throw new Error(grab.error);
    grab.value.move(-20);
    await down();
    await soon(() => expect(ana.session.saved.get().state).toBe('offline'));
    grab.value.move(-30);
    grab.value.release();
    ben.session.desk.set([{ on: 'strip', id: 'delay', parameter: 'fader' }, -4]);
    expect(ana.session.saved.get()).toMatchObject({ state: 'offline' });
    await up();
    await saved(ana.session);
    await saved(ben.session);
    await soon(() => expect(fader(ben.session)).toBe(-30));
    await soon(() => expect(ana.session.desk.mix.get().strips.get('delay')?.values['fader']).toBe(-4));
    const again = await sit(people.ben, id);
    expect(fader(again.session)).toBe(-30);
  });

  it('a page closed while offline brings its changes when it is opened again', async () => {
    const { ana, ben, id, people } = await two();
    await down();
    await soon(() => expect(ana.session.saved.get().state).toBe('offline'));
    ana.session.desk.set([FADER, -17]);
    await soon(() => expect(ana.session.saved.get()).toEqual({ state: 'offline', kept: 1 }));
    ana.session.close();
    await expect(sit(people.ana, id)).rejects.toThrow('A change that was made here is kept in this browser');
    await up();
    const again = await sit(people.ana, id);
    expect(fader(again.session)).toBe(-17);
    await saved(again.session);
    await soon(() => expect(fader(ben.session)).toBe(-17));
  });

  it('says who may not come in', async () => {
    const ana = await person('Ana');
    const id = await ana.session();
    const stranger = await person('Zoe');
    await expect(sit(stranger, id)).rejects.toMatchObject({ status: 404 });
    await expect(sit(new Person(origin), id)).rejects.toMatchObject({ status: 401 });
  });
});
