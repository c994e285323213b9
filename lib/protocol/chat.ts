import { z } from 'zod';
import { momentSchema } from './comments';
import { userSchema } from './http';

/** Something said in the chat of a session; it may speak of a moment or stretch of the song, and of a strip. */
export const chatMessage = z.object({
  id: z.string(),
  author: userSchema,
  body: z.string(),
  /** Seconds from the song's start. */
  at: z.number().optional(),
  until: z.number().optional(),
  stripId: z.string().optional(),
  createdAt: z.number(),
});

const text = z.string().trim().min(1, 'There is nothing to send.').max(2000, 'A message has at most 2,000 characters.');

/** Client → server, acknowledged with the message, or with null once it is removed. */
export const chatCall = z.discriminatedUnion('action', [
  z
    .object({
      action: z.literal('say'),
      body: text,
      at: momentSchema.optional(),
      until: momentSchema.optional(),
      stripId: z.string().max(64).optional(),
    })
    .refine(({ at, until }) => until === undefined || (at !== undefined && until > at), 'until must come after at'),
  z.object({ action: z.literal('remove'), id: z.string().max(64) }),
]);

/** Server → client. */
export const chatEvent = z.discriminatedUnion('what', [
  z.object({ what: z.literal('put'), message: chatMessage }),
  z.object({ what: z.literal('gone'), id: z.string() }),
]);

export type ChatMessage = z.infer<typeof chatMessage>;
export type ChatCall = z.infer<typeof chatCall>;
export type ChatEvent = z.infer<typeof chatEvent>;
