import { z } from 'zod';
import { earsSchema } from './ears';
import { aloneSchema } from './events';

/** Message types on `/sync/:sessionId`; the first three are the y-websocket protocol's. */
export const MESSAGE = { sync: 0, awareness: 1, queryAwareness: 3, saved: 101, refused: 102, hand: 103 } as const;

/** Why a socket was closed. A 44xx would only happen again with the same document; 1012 and 1013 are worth another try. */
export const CLOSE = {
  malformed: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  notFound: 4404,
  refused: 4409,
  moved: 4410,
  tooLarge: 4413,
  tooFast: 4429,
  restarting: 1012,
  overloaded: 1013,
} as const;
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

const viewSchema = z.object({ from: z.number().min(0), until: z.number(), channel: z.boolean() });
export type SongView = z.infer<typeof viewSchema>;

/**
 * What each person tells the others a few times a second. `user` and `role` are overwritten by the server.
 * Moving values do not belong here but in hand messages.
 */
export const awarenessSchema = z.object({
  user: z.object({ id: z.string().max(64), name: z.string().max(80), color: z.number().int() }).optional(),
  role: z.string().max(16).optional(),
  /** The selected strip. */
  selected: z.string().max(64).nullable().optional(),
  /** The controls this person's hand is on, as target keys. */
  hands: z.array(z.string().max(160)).max(12).optional(),
  together: z.boolean().optional(),
  /** Where the song is for a page that is on its own. */
  alone: aloneSchema.nullable().optional().catch(undefined),
  /** What a page shows: the part of the song in sight, and whether the selected strip's channel view is open. */
  view: viewSchema.nullable().optional().catch(undefined),
  /** The page, by its client id, whose view, selection and playback this one follows. */
  following: z.number().nullable().optional().catch(undefined),
  /** What this page really plays. What does not fit comes from another version, and is as if it were not there. */
  ears: earsSchema.optional().catch(undefined),
});
