import { z } from 'zod';
import { ROLES } from '../access';

export const roleSchema = z.enum(ROLES);
/**
 * What nobody sees and what turns the direction of writing: a name made of it looks empty, or like somebody else's. The two joiners
 * stay where they join something: emoji and several scripts are written with them.
 */
const UNSEEN =
  /(?![\u200C\u200D])[\p{Cf}\u115F\u1160\u3164\uFFA0\u2800]|(?<![\p{L}\p{M}\p{Emoji}])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{M}\p{Emoji}])/gu;

/** Composed (NFC), without what cannot be seen, and without blanks around it. */
export const seenText = (text: string): string => text.normalize('NFC').replace(UNSEEN, '').trim();

/** One line as people write it: composed (NFC), without what cannot be seen. Control characters are refused. */
const line = (max: number) =>
  z
    .string()
    .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, 'must not contain control characters')
    .overwrite(seenText)
    .min(1)
    .max(max);

const nameSchema = line(80);
const titleSchema = line(200);

export const userSchema = z.object({ id: z.string(), name: z.string(), color: z.number().int() });
export const meSchema = z.object({ user: userSchema.nullable() });
export const guestRequest = z.object({ name: nameSchema });

export const sessionSchema = z.object({
  id: z.string(),
  title: z.string(),
  role: roleSchema,
  demo: z.boolean(),
  /** Whether listeners may leave comments that wait for approval. */
  listenersMayComment: z.boolean(),
  createdAt: z.number(),
  changedAt: z.number(),
  seconds: z.number(),
  people: z.array(userSchema),
  /** A small picture of the song: up to 96 peaks from 0 to 1. */
  wave: z.array(z.number()),
});
export const createSessionRequest = z.object({ title: titleSchema });
export const patchSessionRequest = z.object({ title: titleSchema, listenersMayComment: z.boolean() }).partial();

export const inviteRequest = z.object({
  role: z.enum(['mixer', 'commenter', 'listener']),
  expiresInHours: z
    .number()
    .positive()
    .max(24 * 365)
    .optional(),
  maxUses: z.number().int().min(1).max(1000).optional(),
});
export const inviteSchema = z.object({
  id: z.string(),
  role: roleSchema,
  createdAt: z.number(),
  createdBy: userSchema,
  expiresAt: z.number().nullable(),
  maxUses: z.number().nullable(),
  uses: z.number(),
});
/** Told once, when the invite is made; the token is kept only as a hash. */
export const createdInviteSchema = inviteSchema.extend({ url: z.string(), token: z.string() });
export const lookInviteRequest = z.object({ token: z.string().min(1).max(200) });
/** What an invite page may show before anyone joins. */
export const invitePreviewSchema = z.object({ sessionTitle: z.string(), role: roleSchema, invitedBy: z.string() });
export const redeemRequest = z.object({ token: z.string().min(1).max(200), name: nameSchema.optional() });
export const redeemedSchema = z.object({ sessionId: z.string(), role: roleSchema });

export const memberSchema = z.object({ user: userSchema, role: roleSchema, joinedAt: z.number() });
export const patchMemberRequest = z.object({ role: roleSchema });

const stemStatusSchema = z.enum(['receiving', 'processing', 'ready', 'failed']);
export const stemSchema = z.object({
  id: z.string(),
  name: z.string(),
  filename: z.string(),
  status: stemStatusSchema,
  /** 0 to 1, of the present status. */
  progress: z.number(),
  error: z.string().optional(),
  /** What was done to the sound so that it can be used, as sentences. */
  note: z.string().optional(),
  /** Frames at 48 kHz, once known. */
  frames: z.number().nullable(),
  channels: z.number().nullable(),
  /** The rate of the file as it came; stems play at 48 kHz. */
  sampleRate: z.number().nullable(),
  /** Integrated, LUFS. */
  loudness: z.number().nullable(),
  /** Where the segments and peaks are listed (`lib/media`), once ready. */
  manifestUrl: z.string().nullable(),
});

export const replySchema = z.object({
  id: z.string(),
  author: userSchema,
  body: z.string(),
  createdAt: z.number(),
  editedAt: z.number().nullable(),
});
export const commentSchema = z.object({
  id: z.string(),
  author: userSchema,
  body: z.string(),
  /** Seconds from the song's start. */
  at: z.number(),
  until: z.number().optional(),
  stripId: z.string().optional(),
  parameter: z.string().optional(),
  status: z.enum(['pending', 'published', 'resolved']),
  createdAt: z.number(),
  editedAt: z.number().nullable(),
  replies: z.array(replySchema),
});
const bodySchema = z.string().trim().min(1).max(10_000);
const momentSchema = z
  .number()
  .min(0)
  .max(24 * 3600);
export const createCommentRequest = z
  .object({
    body: bodySchema,
    at: momentSchema,
    until: momentSchema.optional(),
    stripId: z.string().max(64).optional(),
    parameter: z.string().max(64).optional(),
  })
  .refine((comment) => comment.until === undefined || comment.until > comment.at, 'until must come after at');
export const patchCommentRequest = z.object({ body: bodySchema });
export const replyRequest = z.object({ body: bodySchema });
export const resolveRequest = z.object({ resolved: z.boolean().default(true) });

/** RFC 9457. */
export const problemSchema = z.object({ type: z.string(), title: z.string(), status: z.number(), detail: z.string() });

export type User = z.infer<typeof userSchema>;
export type SessionInfo = z.infer<typeof sessionSchema>;
export type Invite = z.infer<typeof inviteSchema>;
export type CreatedInvite = z.infer<typeof createdInviteSchema>;
export type InvitePreview = z.infer<typeof invitePreviewSchema>;
export type Member = z.infer<typeof memberSchema>;
export type Stem = z.infer<typeof stemSchema>;
export type Comment = z.infer<typeof commentSchema>;
export type Reply = z.infer<typeof replySchema>;
export type Problem = z.infer<typeof problemSchema>;
