import { z } from 'zod';
import { userSchema } from './http';

const line = z.string().max(1000);
/** What two pages tell each other to make their connection: a session description or a candidate, as WebRTC gives them. */
const talkSignal = z.union([
  z.object({ description: z.object({ type: z.enum(['offer', 'answer']), sdp: z.string().max(16_000) }) }),
  z.object({
    candidate: z.object({
      candidate: line,
      sdpMid: line.nullable().optional(),
      sdpMLineIndex: z.number().int().min(0).max(64).nullable().optional(),
      usernameFragment: line.nullable().optional(),
    }),
  }),
]);

/** One page that voices reach. Its id is that of its live line; `client` is by which presence knows it. */
const talkPeer = z.object({ peer: z.string(), client: z.number(), user: userSchema, speaking: z.boolean() });

/**
 * Client → server, acknowledged. `join`: voices may reach me (again: the same as before, with new ways). `speak`: I open or close my
 * mouth, which needs the right to. `signal` is passed on to one page. Voices themselves go from page to page.
 */
export const talkCall = z.discriminatedUnion('action', [
  z.object({ action: z.literal('join'), client: z.number().int().min(0) }),
  z.object({ action: z.literal('leave') }),
  z.object({ action: z.literal('speak'), on: z.boolean() }),
  z.object({ action: z.literal('signal'), to: z.string().max(64), signal: talkSignal }),
]);

const iceServer = z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() });
/** The ways by which pages find each other, and whether only the relay may be used. */
const talkWays = z.object({ servers: z.array(iceServer), relayOnly: z.boolean() });
/** The answer to `join`; the other calls answer with null. */
export const talkWelcome = z.object({ peer: z.string(), peers: z.array(talkPeer), ways: talkWays });

/** Server → client. A page plays a voice only while the service says that it speaks. */
export const talkEvent = z.discriminatedUnion('what', [
  z.object({ what: z.literal('here'), peers: z.array(talkPeer) }),
  z.object({ what: z.literal('gone'), peer: z.string() }),
  z.object({ what: z.literal('speaking'), peer: z.string(), on: z.boolean() }),
  z.object({ what: z.literal('signal'), from: z.string(), signal: talkSignal }),
]);

export type TalkSignal = z.infer<typeof talkSignal>;
export type TalkPeer = z.infer<typeof talkPeer>;
export type TalkCall = z.infer<typeof talkCall>;
export type TalkWays = z.infer<typeof talkWays>;
export type TalkWelcome = z.infer<typeof talkWelcome>;
export type TalkEvent = z.infer<typeof talkEvent>;
