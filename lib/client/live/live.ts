import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { PROBING, ServerClock } from '../../clock';
import {
  type Anchor,
  type Answer,
  anchorSchema,
  type BlindEvent,
  blindEvent,
  type ChatCall,
  type ChatEvent,
  type ChatMessage,
  type ClientToServer,
  type CommentEvent,
  chatEvent,
  chatMessage,
  clockAnswer,
  commentEvent,
  type MemberEvent,
  memberEvent,
  type Notice,
  noticeEvent,
  type ServerToClient,
  type SessionEvent,
  type SnapshotEvent,
  type SoundReport,
  type StemEvent,
  sessionEvent,
  snapshotEvent,
  stemEvent,
  type TalkCall,
  type TalkEvent,
  type TalkWelcome,
  type TransportAction,
  talkEvent,
  talkWelcome,
} from '../../protocol';
import { createStore, err, ok, type ReadableStore, type Result, type Scope } from '../../std';
import { UNREACHABLE } from '../api/problem';

export interface LiveOptions {
  /** `http(s)://host`. */
  readonly origin: string;
  readonly session: string;
  /** For programs outside a page, which have to bring their cookie themselves. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Local monotonic milliseconds. */
  readonly now: () => number;
  readonly scope: Scope;
}

export interface LiveEvents {
  comment(event: CommentEvent): void;
  snapshot(event: SnapshotEvent): void;
  blind(event: BlindEvent): void;
  member(event: MemberEvent): void;
  stem(event: StemEvent): void;
  info(event: SessionEvent): void;
  /** Somebody has done something to the mix. */
  history(): void;
  chat(event: ChatEvent): void;
  talk(event: TalkEvent): void;
  notice(notice: Notice): void;
  /** The connection stands again: what was told meanwhile was missed. */
  back(): void;
}

type AsksInTime = ReturnType<Socket<ServerToClient, ClientToServer>['timeout']>;

const ANSWER_MS = 8000;
const REFUSED_RETRY_MS = 5000;
const MAX_WAIT_MS = 8000;
/** After so many tries in vain nothing is to be expected soon. */
const MANY_TRIES = 30;
const LONG_WAIT_MS = 30_000;

/** The session's live line: the common clock, the transport's anchor, and what happens beside the mix. */
export class Live {
  readonly clock = new ServerClock();
  private readonly anchorStore = createStore<Anchor | null>(null);
  /** Where the song is for all who are together; null before the service has told. */
  readonly anchor: ReadableStore<Anchor | null> = this.anchorStore;
  private readonly connectedStore = createStore(false);
  readonly connected: ReadableStore<boolean> = this.connectedStore;
  private readonly socket: Socket<ServerToClient, ClientToServer>;
  /** A connection's first anchor counts whatever its version: the service may have started anew. */
  private fresh = true;
  private wasConnected = false;

  constructor(
    private readonly options: LiveOptions,
    private readonly events: LiveEvents,
  ) {
    const { origin, session, headers, scope } = options;
    this.socket = io(origin, {
      path: '/socket.io',
      auth: { sessionId: session },
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: MAX_WAIT_MS,
      randomizationFactor: 0.5,
      ...(headers ? { extraHeaders: { ...headers } } : {}),
    });
    scope.add(() => this.socket.disconnect());
    this.socket.on('connect', () => this.onConnect());
    this.socket.io.on('reconnect_attempt', (tries) => this.socket.io.reconnectionDelayMax(tries < MANY_TRIES ? MAX_WAIT_MS : LONG_WAIT_MS));
    this.socket.on('disconnect', () => this.connectedStore.set(false));
    this.socket.on('connect_error', () => {
      // Refused by the service rather than unreachable: socket.io gives up then, but a full house may have room later.
      if (!this.socket.active) scope.after(REFUSED_RETRY_MS, () => this.socket.connect());
    });
    this.hear('transport', anchorSchema, (anchor) => this.takeAnchor(anchor));
    this.hear('comment', commentEvent, (event) => events.comment(event));
    this.hear('snapshot', snapshotEvent, (event) => events.snapshot(event));
    this.hear('blind', blindEvent, (event) => events.blind(event));
    this.hear('member', memberEvent, (event) => events.member(event));
    this.hear('stem', stemEvent, (event) => events.stem(event));
    this.hear('session', sessionEvent, (event) => events.info(event));
    this.hear('chat', chatEvent, (event) => events.chat(event));
    this.hear('talk', talkEvent, (event) => events.talk(event));
    this.socket.on('history', () => events.history());
    this.hear('notice', noticeEvent, (notice) => events.notice(notice));
    scope.every(PROBING.every, () => this.probe());
  }

  /** Asks the service to play, stop, seek or loop for all who are together; an error says why it does not. */
  async act(action: TransportAction): Promise<Result<Anchor, string>> {
    if (!this.socket.connected) return err(UNREACHABLE);
    try {
      const answer = await this.socket.timeout(ANSWER_MS).emitWithAck('transport', action);
      if (!answer.ok) return err(answer.detail);
      this.takeAnchor(answer.value);
      return answer;
    } catch {
      return err(UNREACHABLE);
    }
  }

  /** Writes in the chat, or takes a message away. */
  chat(call: ChatCall): Promise<Result<ChatMessage | null, string>> {
    return this.asked(chatMessage, (socket) => socket.emitWithAck('chat', call));
  }

  talk(call: TalkCall): Promise<Result<TalkWelcome | null, string>> {
    return this.asked(talkWelcome, (socket) => socket.emitWithAck('talk', call));
  }

  /** Asks the service; an error is a sentence for the user. */
  private async asked<Schema extends z.ZodType>(
    schema: Schema,
    ask: (socket: AsksInTime) => Promise<Answer<unknown>>,
  ): Promise<Result<z.output<Schema> | null, string>> {
    if (!this.socket.connected) return err(UNREACHABLE);
    try {
      const answer = await ask(this.socket.timeout(ANSWER_MS));
      return answer.ok ? ok(schema.nullable().parse(answer.value)) : err(answer.detail);
    } catch {
      return err(UNREACHABLE);
    }
  }

  /** Tells the service what went wrong in the sound; false when there is no line just now. */
  report(report: SoundReport): boolean {
    if (!this.socket.connected) return false;
    this.socket.emit('report', report);
    return true;
  }

  private onConnect(): void {
    this.fresh = true;
    this.connectedStore.set(true);
    for (let index = 0; index < PROBING.burst; index++) this.options.scope.after(index * PROBING.gap, () => this.probe());
    if (this.wasConnected) this.events.back();
    this.wasConnected = true;
  }

  private probe(): void {
    if (!this.socket.connected) return;
    const sent = this.options.now();
    this.socket.emit('clock', { sent }, (times) => {
      const arrived = this.options.now();
      const checked = clockAnswer.safeParse(times);
      if (checked.success) this.clock.probe({ sent, received: checked.data.received, answered: checked.data.answered, arrived });
    });
  }

  private takeAnchor(anchor: Anchor): void {
    const known = this.anchorStore.get();
    if (!this.fresh && known && anchor.version <= known.version) return;
    this.fresh = false;
    this.anchorStore.set(anchor);
  }

  /** What does not fit the agreed shape comes from a newer service than this page: it is passed over. */
  private hear<Schema extends z.ZodType>(event: keyof ServerToClient, schema: Schema, take: (value: z.output<Schema>) => void): void {
    this.socket.on(event, (value: unknown) => {
      const parsed = schema.safeParse(value);
      if (parsed.success) take(parsed.data);
    });
  }
}
