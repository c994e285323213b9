import { z } from 'zod';
import { userSchema } from './http';
import { wholeSnapshotSchema } from './snapshots';

/** Members of the session who are called by `@name` in the text. */
const mentionsSchema = z.array(z.string());

export const replySchema = z.object({
  id: z.string(),
  author: userSchema,
  body: z.string(),
  mentions: mentionsSchema.default([]),
  createdAt: z.number(),
  editedAt: z.number().nullable(),
});

/** A control (`strip/<id>/<parameter>`, also `send/…` and `insert/…`) and the value that is suggested for it. */
const suggestedChangeSchema = z.object({ control: z.string(), from: z.number(), to: z.number() });
/** Changes of the mix that a comment carries: to be heard by whoever wants, and accepted or declined by who mixes. */
const suggestionSchema = z.object({
  changes: z.array(suggestedChangeSchema),
  status: z.enum(['open', 'accepted', 'declined']),
  decidedBy: userSchema.nullable(),
});

export const commentSchema = z.object({
  id: z.string(),
  author: userSchema,
  body: z.string(),
  mentions: mentionsSchema.default([]),
  /** Seconds from the song's start. */
  at: z.number(),
  until: z.number().optional(),
  stripId: z.string().optional(),
  /** The control that it speaks of: a parameter of the strip, or the whole name of another control. */
  parameter: z.string().optional(),
  suggestion: suggestionSchema.optional(),
  status: z.enum(['pending', 'published', 'resolved']),
  createdAt: z.number(),
  /** Since when others may see it: when it was written, or approved. */
  shownAt: z.number().default(0),
  editedAt: z.number().nullable(),
  replies: z.array(replySchema),
});

const MOST_CHANGES = 64;
const MOST_MENTIONS = 20;
const bodySchema = z.string().trim().min(1).max(10_000);
const mentionsRequest = z.array(z.string().max(64)).max(MOST_MENTIONS).optional();
export const momentSchema = z
  .number()
  .min(0)
  .max(24 * 3600);
const suggestionRequest = z.object({
  changes: z
    .array(z.object({ control: z.string().min(1).max(200), to: z.number() }))
    .min(1)
    .max(MOST_CHANGES),
});
export const createCommentRequest = z
  .object({
    body: bodySchema,
    mentions: mentionsRequest,
    at: momentSchema,
    until: momentSchema.optional(),
    stripId: z.string().max(64).optional(),
    parameter: z.string().max(200).optional(),
    suggestion: suggestionRequest.optional(),
  })
  .refine((comment) => comment.until === undefined || comment.until > comment.at, 'until must come after at');
export const patchCommentRequest = z.object({ body: bodySchema, mentions: mentionsRequest });
export const replyRequest = z.object({ body: bodySchema, mentions: mentionsRequest });
export const resolveRequest = z.object({ resolved: z.boolean().default(true) });
export const decideRequest = z.object({ accepted: z.boolean() });
/** Until when everything was seen, in the service's milliseconds; everything there is where it is missing. */
export const readCommentsRequest = z.object({ through: z.number().optional() });
export const commentsReadSchema = z.object({ commentsReadAt: z.number() });
/** The mix that a comment spoke of: the records of the document, `lib/doc/SPEC.md`. */
export const pastMixSchema = z.object({ records: wholeSnapshotSchema.shape.records });

export type Comment = z.infer<typeof commentSchema>;
export type Reply = z.infer<typeof replySchema>;
export type Suggestion = z.infer<typeof suggestionSchema>;
export type CommentRequest = z.input<typeof createCommentRequest>;
export type PastMix = z.infer<typeof pastMixSchema>;
