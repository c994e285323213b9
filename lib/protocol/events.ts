import { z } from 'zod';
import { blindTestSchema } from './blind-tests';
import type { ChatCall, ChatEvent, ChatMessage } from './chat';
import { commentSchema, replySchema } from './comments';
import { memberSchema, stemSchema } from './http';
import { snapshotSchema } from './snapshots';
import type { TalkCall, TalkEvent, TalkWelcome } from './talk';

/** A stretch of the song that repeats, in seconds. */
const loopSchema = z
  .object({ from: z.number().min(0), until: z.number() })
  .refine((loop) => loop.until > loop.from, 'a loop must end after it begins');

/**
 * What all who are *Together* follow. While playing, the position at server time `t` is
 * `position + (t − at) / 1000` seconds, folded into the loop; a late message therefore loses nothing.
 */
export const anchorSchema = z.object({
  playing: z.boolean(),
  position: z.number().min(0),
  /** Server time in milliseconds. */
  at: z.number(),
  loop: loopSchema.nullable(),
  by: z.string().nullable(),
  version: z.number().int(),
});

/** Where a page that is on its own plays; read as an anchor. */
export const aloneSchema = anchorSchema.pick({ playing: true, position: true, at: true, loop: true });

const position = z
  .number()
  .min(0)
  .max(24 * 3600);
/** Client → server. */
/** Server time (ms) at which the one who asks has the song begin there already, for nobody hears along. */
const began = z.number().optional();
export const transportAction = z.discriminatedUnion('action', [
  z.object({ action: z.literal('play'), position: position.optional(), at: began }),
  z.object({ action: z.literal('stop'), position: position.optional() }),
  z.object({ action: z.literal('seek'), position, at: began }),
  z.object({ action: z.literal('loop'), loop: loopSchema.nullable() }),
]);

/** Client → server: the client's send time, any monotonic milliseconds. The acknowledgement is `clockAnswer`. */
export const clockProbe = z.object({ sent: z.number() });
export const clockAnswer = z.object({ sent: z.number(), received: z.number(), answered: z.number() });

const count = z.number().int().min(0).max(10_000);
/** Client → server, without an answer: what went wrong in a page's sound since its last report. Counted, kept for nobody. */
export const soundReport = z.object({
  /** Holes, in which the device got no samples in time. */
  underruns: count,
  /** How often the sound was moved to be in time again. */
  moves: count,
});

/** Server → client. What may not be seen is never sent. */
export const commentEvent = z.discriminatedUnion('what', [
  z.object({ what: z.literal('put'), comment: commentSchema }),
  z.object({ what: z.literal('gone'), id: z.string() }),
  /** Under a long thread a reply comes alone; under a short one the comment comes whole. */
  z.object({ what: z.literal('reply'), id: z.string(), reply: replySchema }),
  z.object({ what: z.literal('reply gone'), id: z.string(), replyId: z.string() }),
]);
export const memberEvent = z.discriminatedUnion('what', [
  z.object({ what: z.literal('put'), member: memberSchema }),
  z.object({ what: z.literal('gone'), id: z.string() }),
]);
export const stemEvent = z.discriminatedUnion('what', [
  z.object({ what: z.literal('put'), stem: stemSchema }),
  z.object({ what: z.literal('gone'), id: z.string() }),
]);
/** What all may see of the session was changed. */
export const sessionEvent = z.object({ title: z.string(), listenersMayComment: z.boolean() });
export const noticeEvent = z.object({ level: z.enum(['info', 'warning', 'danger']), text: z.string() });

export type Loop = z.infer<typeof loopSchema>;
export type Anchor = z.infer<typeof anchorSchema>;
export type Alone = z.infer<typeof aloneSchema>;
export type TransportAction = z.infer<typeof transportAction>;
type ClockProbe = z.infer<typeof clockProbe>;
type ClockAnswer = z.infer<typeof clockAnswer>;
export type SoundReport = z.infer<typeof soundReport>;
export const snapshotEvent = z.discriminatedUnion('what', [
  z.object({ what: z.literal('put'), snapshot: snapshotSchema }),
  z.object({ what: z.literal('gone'), id: z.string() }),
]);
export const blindEvent = z.discriminatedUnion('what', [
  z.object({ what: z.literal('put'), test: blindTestSchema }),
  z.object({ what: z.literal('gone'), id: z.string() }),
]);
export type BlindEvent = z.infer<typeof blindEvent>;
export type SnapshotEvent = z.infer<typeof snapshotEvent>;
export type CommentEvent = z.infer<typeof commentEvent>;
export type MemberEvent = z.infer<typeof memberEvent>;
export type StemEvent = z.infer<typeof stemEvent>;
export type SessionEvent = z.infer<typeof sessionEvent>;
export type Notice = z.infer<typeof noticeEvent>;

/** The typed maps that socket.io takes on both ends. Acknowledged calls answer `{ok: true, …}` or a problem's detail. */
export type Answer<T> = { ok: true; value: T } | { ok: false; detail: string };
export interface ClientToServer {
  clock: (probe: ClockProbe, answer: (times: ClockAnswer) => void) => void;
  transport: (action: TransportAction, answer: (anchor: Answer<Anchor>) => void) => void;
  report: (report: SoundReport) => void;
  talk: (call: TalkCall, answer: (answer: Answer<TalkWelcome | null>) => void) => void;
  chat: (call: ChatCall, answer: (answer: Answer<ChatMessage | null>) => void) => void;
}
export interface ServerToClient {
  transport: (anchor: Anchor) => void;
  comment: (event: CommentEvent) => void;
  snapshot: (event: SnapshotEvent) => void;
  blind: (event: BlindEvent) => void;
  member: (event: MemberEvent) => void;
  stem: (event: StemEvent) => void;
  session: (event: SessionEvent) => void;
  notice: (notice: Notice) => void;
  /** The history has gone on: at most once a second. What is new is asked for. */
  history: () => void;
  talk: (event: TalkEvent) => void;
  chat: (event: ChatEvent) => void;
}
