import type { Server, Socket } from 'socket.io';
import { may, type Role } from '../../lib/access';
import {
  type Answer,
  type ClientToServer,
  type ServerToClient,
  type TalkCall,
  type TalkPeer,
  type TalkWays,
  type TalkWelcome,
  talkCall,
  type User,
} from '../../lib/protocol';
import { Bucket, exhaustive } from '../../lib/std';
import type { Log } from '../observability/log';
import { type Bus, publish, subscribe } from '../ports';
import { talkers } from './rooms';

/** What a line says of itself that talking needs; `talk` once voices may reach it. */
export interface MayTalk {
  user: User;
  sessionId: string;
  role: Role;
  /** The number of the look at this person's role that told the present one. */
  look?: number;
  talk?: { readonly client: number; speaking: boolean };
}
type TalkServer = Server<ClientToServer, ServerToClient, Record<string, never>, MayTalk>;
type TalkSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, MayTalk>;

interface TalkNeeds {
  readonly io: TalkServer;
  readonly bus: Bus;
  readonly log: Log;
  readonly clock: () => number;
  /** Pages that voices reach in a session at once. */
  readonly most: number;
  readonly ways: (user: User) => Promise<TalkWays>;
}

/** Calls of one line: making connections with a full house takes a few hundred candidates in a moment. */
const CALLS_PER_SECOND = 50;
const CALLS_AT_ONCE = 1000;

const refused = (detail: string) => ({ ok: false, detail }) as const;
const DONE = { ok: true, value: null } as const;

/** Who can hear voices and who speaks; passes on what pages need to find each other. Voices never come here. */
export function createTalk({ io, bus, log, clock, most, ways }: TalkNeeds) {
  const peerOf = ({ id, data: { user, talk } }: TalkSocket): TalkPeer[] =>
    talk === undefined ? [] : [{ peer: id, client: talk.client, user, speaking: talk.speaking }];
  /** Those on this instance. */
  const peersIn = (sessionId: string): TalkPeer[] =>
    [...(io.sockets.adapter.rooms.get(talkers(sessionId)) ?? [])].flatMap((id) => {
      const socket = io.sockets.sockets.get(id);
      return socket === undefined ? [] : peerOf(socket);
    });

  async function join(socket: TalkSocket, client: number): Promise<Answer<TalkWelcome>> {
    const { sessionId, user, talk } = socket.data;
    const found = await ways(user);
    // Who has gone meanwhile is not counted again.
    if (!socket.connected) return refused('The line has ended.');
    if (talk === undefined) {
      if (peersIn(sessionId).length >= most)
        return refused(`Voices reach ${most} people at once, which is the limit here. Write in the chat.`);
      socket.data.talk = { client, speaking: false };
      void socket.join(talkers(sessionId));
      const [peer] = peerOf(socket);
      if (peer) publish(bus, 'talk joined', { sessionId, peer });
    }
    return { ok: true, value: { peer: socket.id, peers: peersIn(sessionId), ways: found } };
  }

  function leave(socket: TalkSocket): void {
    const { sessionId, talk } = socket.data;
    if (talk === undefined) return;
    delete socket.data.talk;
    void socket.leave(talkers(sessionId));
    publish(bus, 'talk', { sessionId, to: null, event: { what: 'gone', peer: socket.id } });
  }

  function setSpeaking(socket: TalkSocket, on: boolean): void {
    const { sessionId, talk } = socket.data;
    if (talk === undefined || talk.speaking === on) return;
    talk.speaking = on;
    publish(bus, 'talk', { sessionId, to: null, event: { what: 'speaking', peer: socket.id, on } });
  }

  async function answerTo(socket: TalkSocket, call: TalkCall): Promise<Answer<TalkWelcome | null>> {
    const { sessionId, role, talk } = socket.data;
    if (call.action === 'join') return await join(socket, call.client);
    if (talk === undefined) return refused('Join first: voices do not reach this page.');
    switch (call.action) {
      case 'leave':
        leave(socket);
        return DONE;
      case 'speak':
        if (call.on && !may(role, 'talk'))
          return refused(`As ${role} you hear the others, but may not talk. Ask the owner for another role.`);
        setSpeaking(socket, call.on);
        return DONE;
      case 'signal':
        publish(bus, 'talk', { sessionId, to: call.to, event: { what: 'signal', from: socket.id, signal: call.signal } });
        return DONE;
      default:
        return exhaustive(call);
    }
  }

  const ends = [
    subscribe(bus, 'talk', ({ sessionId, to, event }) => {
      // A signal is for one page of the same session, and for nobody else.
      const target = to === null ? null : io.sockets.sockets.get(to);
      if (target === null) io.to(talkers(sessionId)).emit('talk', event);
      else if (target?.data.sessionId === sessionId && target.data.talk) target.emit('talk', event);
    }),
    subscribe(bus, 'talk joined', ({ sessionId, peer }) => {
      io.to(talkers(sessionId))
        .except(peer.peer)
        .emit('talk', { what: 'here', peers: [peer] });
      if (io.sockets.sockets.has(peer.peer)) return;
      const peers = peersIn(sessionId);
      if (peers.length > 0) publish(bus, 'talk', { sessionId, to: peer.peer, event: { what: 'here', peers } });
    }),
  ];

  return {
    /** Answers the calls of a line until it ends. */
    hear(socket: TalkSocket): void {
      const calls = new Bucket(CALLS_PER_SECOND, CALLS_AT_ONCE, clock());
      socket.on('talk', (call, answer) => {
        const reply = typeof answer === 'function' ? answer : () => {};
        const read = talkCall.safeParse(call);
        if (!read.success) return reply(refused(read.error.issues[0]?.message ?? 'Not a call of talking.'));
        if (!calls.take(clock())) return reply(refused('Too many calls; wait a moment.'));
        answerTo(socket, read.data).then(reply, (error: unknown) => {
          log.error({ err: error }, 'a call of talking failed');
          reply(refused('Voices cannot be reached just now; try again. The chat still works.'));
        });
      });
      socket.on('disconnect', () => leave(socket));
    },
    /** A role has changed: who may no longer talk is silent at once. */
    settle(socket: TalkSocket): void {
      if (!may(socket.data.role, 'talk')) setSpeaking(socket, false);
    },
    close(): void {
      for (const end of ends) end();
    },
  };
}
