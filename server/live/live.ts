import { Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Kysely } from 'kysely';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import { may } from '../../lib/access';
import {
  type Anchor,
  type ClientToServer,
  type CommentEvent,
  clockProbe,
  type ServerToClient,
  type SoundReport,
  soundReport,
  transportAction,
} from '../../lib/protocol';
import { Bucket } from '../../lib/std';
import type { Chat } from '../chat/service';
import type { Config } from '../config';
import type { Origins } from '../http/origins';
import { notFound, Refusal } from '../http/problem';
import type { Log } from '../observability/log';
import type { People } from '../people/service';
import { type Bus, type SharedAnchors, subscribe, type Topics } from '../ports';
import type { Access } from '../sessions/access';
import type { Database } from '../sql/database';
import { Anchors } from './anchors';
import { hearChat } from './chat';
import { waysFor } from './ice';
import { OpenLines } from './lines';
import { createRestingPlaces } from './resting-places';
import { everybody, moderators, person, roomsOf } from './rooms';
import { createTalk, type MayTalk } from './talk';
import { nextAnchor } from './transport';

type LiveServer = Server<ClientToServer, ServerToClient, Record<string, never>, MayTalk>;
type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, MayTalk>;

type Talk = Pick<ReturnType<typeof createTalk>, 'settle'>;

export interface LiveNeeds {
  readonly kysely: Kysely<Database>;
  readonly people: People;
  readonly access: Access;
  readonly origins: Origins;
  readonly bus: Bus;
  readonly log: Log;
  readonly chat: Pick<Chat, 'say' | 'remove'>;
  readonly config: Pick<Config, 'MAX_SOCKETS_PER_USER' | 'MAX_VOICES' | 'STUN_URLS' | 'TURN_URLS' | 'TURN_SECRET'>;
  /** Server time in milliseconds, monotonic: what `clock` answers and anchors are set by. */
  readonly clock: () => number;
  /** Where several instances keep the anchors; none where there is one. */
  readonly anchors?: SharedAnchors | undefined;
  /** Counts what pages report of their sound. */
  readonly reported: (report: SoundReport) => void;
  /** Hears now and then who is here, and from whoever leaves that they were here until now. */
  readonly seen: (sessionId: string, userId: string) => void;
}

export interface Live {
  /** Takes over a request to `/socket.io/`. */
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly count: () => number;
  close(): Promise<void>;
}

const MESSAGE_BYTES = 64 * 1024;
/** Calls of one connection. */
const CALLS_PER_SECOND = 30;
const CALLS_AT_ONCE = 60;
/** Reports of one connection: more of them are no news. */
const REPORTS_PER_SECOND = 0.1;
const REPORTS_AT_ONCE = 3;
const SEEN_EVERY = 60_000;
const authSchema = z.object({ sessionId: z.string().max(64) });

/** Live events: the common clock, the transport's authority, and what changes for those who may see it. */
export function createLive(needs: LiveNeeds): Live {
  const { origins, bus, log, clock } = needs;
  // socket.io is given a server that never listens: what belongs to it is handed over by the one dispatcher.
  const inner = new HttpServer();
  const io: LiveServer = new Server(inner, {
    path: '/socket.io/',
    serveClient: false,
    destroyUpgrade: false,
    perMessageDeflate: false,
    // Polls of one line would come to several instances, of which one knows it.
    transports: needs.anchors ? ['websocket'] : ['polling', 'websocket'],
    maxHttpBufferSize: MESSAGE_BYTES,
    allowRequest: (request, decide) => decide(null, origins.allows(request.headers.origin, request.headers.host)),
  });
  const places = createRestingPlaces(needs.kysely, log);
  const anchors = new Anchors({ clock, places, bus, log, shared: needs.anchors ?? null });
  const lines = new OpenLines(needs.config.MAX_SOCKETS_PER_USER);
  const talk = createTalk({
    io,
    bus,
    log,
    clock,
    most: needs.config.MAX_VOICES,
    ways: async ({ id }) => waysFor(needs.config, { id, guest: await needs.people.isGuest(id) }, Date.now()),
  });

  io.use((socket, next) => {
    admit(needs, lines, socket).then(
      () => next(),
      (error: unknown) => {
        if (error instanceof Refusal) return next(error);
        log.error({ err: error }, 'a live line was not admitted');
        next(new Error('Something went wrong here. Your work is safe; the page tries again.'));
      },
    );
  });
  io.use((socket, next) => {
    anchors.load(socket.data.sessionId).then(
      () => next(),
      (error: unknown) => {
        log.error({ err: error }, 'where the song rests was not read');
        next(new Error('Something went wrong here. Your work is safe; the page tries again.'));
      },
    );
  });
  io.on('connection', (socket) => {
    const { sessionId, user, role } = socket.data;
    void socket.join(roomsOf(sessionId, user.id, role));
    socket.emit('transport', anchors.entered(sessionId));
    hearReports(socket, needs);
    talk.hear(socket);
    hearChat(socket, needs);
    hear(socket, clock, (next) => anchors.move(sessionId, next));
    socket.on('disconnect', () => {
      needs.seen(sessionId, user.id);
      if (!io.sockets.adapter.rooms.has(everybody(sessionId))) anchors.emptied(sessionId);
    });
    // A role that changed while the connection was being made would otherwise be missed.
    void settleRole(needs, io, talk, sessionId, user.id).catch((error: unknown) => log.error({ err: error }, 'role not settled'));
  });
  // A service that ends without a word has told who was here a minute ago.
  const telling = setInterval(() => {
    const here = new Map([...io.sockets.sockets.values()].map(({ data }) => [person(data.sessionId, data.user.id), data]));
    for (const { sessionId, user } of here.values()) needs.seen(sessionId, user.id);
  }, SEEN_EVERY);
  telling.unref();
  const ends = deliver(needs, io, (sessionId) => anchors.forget(sessionId));

  return {
    request: (request, response) => void inner.emit('request', request, response),
    upgrade: (request, socket, head) => void inner.emit('upgrade', request, socket, head),
    count: () => io.engine.clientsCount,
    async close() {
      clearInterval(telling);
      for (const end of ends) end();
      talk.close();
      io.disconnectSockets(true);
      await io.close();
      await anchors.close();
    },
  };

  /** Sends what the services publish to those who may see it. */
  function deliver(needsOf: LiveNeeds, server: LiveServer, forget: (sessionId: string) => void): (() => void)[] {
    return [
      subscribe(bus, 'member', (message) => void memberChanged(needsOf, server, talk, message)),
      subscribe(bus, 'comment', (message) => commentChanged(server, message)),
      subscribe(bus, 'stem', ({ sessionId, ...event }) => void server.to(everybody(sessionId)).emit('stem', event)),
      subscribe(bus, 'chat', ({ sessionId, ...event }) => void server.to(everybody(sessionId)).emit('chat', event)),
      subscribe(bus, 'snapshot', ({ sessionId, ...event }) => void server.to(everybody(sessionId)).emit('snapshot', event)),
      subscribe(bus, 'blind', ({ sessionId, ...event }) => void server.to(everybody(sessionId)).emit('blind', event)),
      subscribe(bus, 'history', ({ sessionId }) => void server.to(everybody(sessionId)).emit('history')),
      subscribe(bus, 'info', ({ sessionId, ...event }) => void server.to(everybody(sessionId)).emit('session', event)),
      subscribe(bus, 'anchor', ({ sessionId, anchor }) => {
        if (anchors.heard(sessionId, anchor)) server.to(everybody(sessionId)).emit('transport', anchor);
      }),
      subscribe(bus, 'login', ({ userId }) => void settleLogins(needsOf, server, userId)),
      subscribe(bus, 'session', ({ sessionId }) => {
        server.to(everybody(sessionId)).emit('notice', { level: 'danger', text: 'The owner has deleted this session.' });
        server.in(everybody(sessionId)).disconnectSockets(true);
        forget(sessionId);
      }),
    ];
  }
}

/** Finds out who connects to what; the message of the error that it throws is shown to the client. */
async function admit({ people, access, config }: LiveNeeds, lines: OpenLines, socket: LiveSocket): Promise<void> {
  const auth = authSchema.safeParse(socket.handshake.auth);
  if (!auth.success) throw new Refusal(400, 'auth must be {sessionId}');
  const user = await people.userOf(socket.request.headers);
  if (user === null) throw new Refusal(401, 'Say who you are first.');
  const role = await access.roleOf(auth.data.sessionId, user.id);
  if (role === null) throw notFound();
  if (!lines.take(user.id, socket)) throw new Refusal(429, `You have ${config.MAX_SOCKETS_PER_USER} connections open, which is the limit.`);
  socket.data = { user, sessionId: auth.data.sessionId, role };
}

/** Moves the song and tells everybody. */
type Move = (next: (anchor: Anchor) => Anchor) => Promise<Anchor>;

/** Answers one connection's calls. What does not fit the schema is answered with a detail, or dropped if no answer is wanted. */
function hear(socket: LiveSocket, clock: () => number, move: Move): void {
  const calls = new Bucket(CALLS_PER_SECOND, CALLS_AT_ONCE, clock());
  const allowed = () => calls.take(clock());
  socket.on('clock', (probe, answer) => {
    const received = clock();
    const read = clockProbe.safeParse(probe);
    if (!read.success || typeof answer !== 'function' || !allowed()) return;
    answer({ sent: read.data.sent, received, answered: clock() });
  });
  socket.on('transport', (action, answer) => {
    const reply = typeof answer === 'function' ? answer : () => {};
    const read = transportAction.safeParse(action);
    if (!read.success) return reply({ ok: false, detail: read.error.issues[0]?.message ?? 'Not a transport action.' });
    if (!allowed()) return reply({ ok: false, detail: 'Too many calls; wait a moment.' });
    const { user, role } = socket.data;
    if (!may(role, 'transport.control')) return reply({ ok: false, detail: `As ${role} you may not play, stop or move for everybody.` });
    void move((before) => nextAnchor(before, read.data, clock(), user.id)).then((value) => reply({ ok: true, value }));
  });
}

/** Takes what a page says of its sound, when it fits the schema and does not come too often. */
function hearReports(socket: LiveSocket, { clock, reported }: LiveNeeds): void {
  const reports = new Bucket(REPORTS_PER_SECOND, REPORTS_AT_ONCE, clock());
  socket.on('report', (report) => {
    const read = soundReport.safeParse(report);
    if (reports.take(clock()) && read.success) reported(read.data);
  });
}

/** Looks at roles are numbered: of two on their way at once, the one that was sent later has seen all that the earlier one has. */
let looks = 0;

/** Makes every connection of this person what their role now says. */
async function settleRole({ access }: LiveNeeds, io: LiveServer, talk: Talk, sessionId: string, userId: string): Promise<void> {
  const look = ++looks;
  const role = await access.roleOf(sessionId, userId);
  for (const id of [...(io.sockets.adapter.rooms.get(person(sessionId, userId)) ?? [])]) {
    const socket = io.sockets.sockets.get(id);
    if (socket === undefined || (socket.data.look ?? 0) > look) continue;
    socket.data.look = look;
    if (role === null) {
      socket.emit('notice', { level: 'danger', text: 'You are no longer a member of this session.' });
      socket.disconnect(true);
      continue;
    }
    socket.data.role = role;
    talk.settle(socket);
    if (!may(role, 'comments.moderate')) void socket.leave(moderators(sessionId));
    void socket.join(roomsOf(sessionId, userId, role));
  }
}

/** Ends the lines of browsers in which somebody is no longer signed in. */
async function settleLogins({ people, log }: LiveNeeds, io: LiveServer, userId: string): Promise<void> {
  people.forget(userId);
  for (const socket of io.sockets.sockets.values()) {
    if (socket.data.user?.id !== userId) continue;
    try {
      if ((await people.userOf(socket.request.headers))?.id === userId) continue;
      socket.emit('notice', { level: 'danger', text: 'You are signed out in this browser.' });
      socket.disconnect(true);
    } catch (error) {
      log.error({ err: error }, 'who is signed in was not looked up');
    }
  }
}

async function memberChanged(needs: LiveNeeds, io: LiveServer, talk: Talk, message: Topics['member']): Promise<void> {
  try {
    const userId = message.what === 'put' ? message.member.user.id : message.userId;
    await settleRole(needs, io, talk, message.sessionId, userId);
    const event = message.what === 'put' ? { what: 'put' as const, member: message.member } : { what: 'gone' as const, id: userId };
    io.to(everybody(message.sessionId)).emit('member', event);
  } catch (error) {
    needs.log.error({ err: error }, 'a member change was not delivered');
  }
}

function commentChanged(io: LiveServer, { sessionId, ...message }: Topics['comment']): void {
  const { event, pendingOf } = commentEventOf(message);
  const audience = pendingOf === null ? io.to(everybody(sessionId)) : io.to([moderators(sessionId), person(sessionId, pendingOf)]);
  audience.emit('comment', event);
}

/** What is told, and whose comment it is while it waits for approval. */
function commentEventOf(message: WithoutSession<Topics['comment']>): { event: CommentEvent; pendingOf: string | null } {
  if (message.what !== 'put') {
    const { pendingOf, ...event } = message;
    return { event, pendingOf };
  }
  const { status, author } = message.comment;
  return { event: message, pendingOf: status === 'pending' ? author.id : null };
}

type WithoutSession<Message> = Message extends unknown ? Omit<Message, 'sessionId'> : never;
