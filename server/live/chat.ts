import type { Socket } from 'socket.io';
import { type Answer, type ChatMessage, type ClientToServer, chatCall, type ServerToClient } from '../../lib/protocol';
import { Bucket } from '../../lib/std';
import type { Chat } from '../chat/service';
import { Refusal } from '../http/problem';
import type { Log } from '../observability/log';
import type { MayTalk } from './talk';

type ChatSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, MayTalk>;

interface HearsChat {
  readonly chat: Pick<Chat, 'say' | 'remove'>;
  readonly log: Log;
  readonly clock: () => number;
}

/** Calls of one line, whatever becomes of them; how much a person writes is the service's matter. */
const CALLS_PER_SECOND = 5;
const CALLS_AT_ONCE = 30;

/** Takes what is written on one line; the service looks at role and pace, and tells everybody. */
export function hearChat(socket: ChatSocket, { chat, log, clock }: HearsChat): void {
  const { user, sessionId } = socket.data;
  const calls = new Bucket(CALLS_PER_SECOND, CALLS_AT_ONCE, clock());
  socket.on('chat', async (call, answer) => {
    const reply = typeof answer === 'function' ? answer : (_: Answer<ChatMessage | null>) => {};
    const read = chatCall.safeParse(call);
    if (!read.success) return reply({ ok: false, detail: read.error.issues[0]?.message ?? 'Not a message.' });
    if (!calls.take(clock())) return reply({ ok: false, detail: 'Too many messages at once. Nothing is lost; try again in a moment.' });
    try {
      if (read.data.action === 'say') return reply({ ok: true, value: await chat.say(user, sessionId, read.data) });
      await chat.remove(user, sessionId, read.data.id);
      reply({ ok: true, value: null });
    } catch (error) {
      if (error instanceof Refusal) return reply({ ok: false, detail: error.message });
      log.error({ err: error }, 'a chat message failed');
      reply({ ok: false, detail: 'Something went wrong here. Your message was not sent; try again.' });
    }
  });
}
