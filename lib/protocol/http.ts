import { z } from 'zod';
import { ROLES } from '../access';
import { alignmentSchema } from './references';

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

export const nameSchema = line(80);
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
  /** Comments and replies of others that I have not seen, how many of them mention me, and until when I have seen all. */
  unread: z.number().int(),
  mentioned: z.number().int(),
  commentsReadAt: z.number(),
  /** Whether I have put it away; the others do not see that. */
  archived: z.boolean(),
});
export const createSessionRequest = z.object({ title: titleSchema });
export const patchSessionRequest = z.object({ title: titleSchema, listenersMayComment: z.boolean() }).partial();

/** Mine and others' sessions alike: whether I have put it away. */
export const archiveRequest = z.object({ archived: z.boolean() });
export const duplicateRequest = z.object({
  title: titleSchema.optional(),
  /** Whether the comments come along; those that wait for approval never do. */
  comments: z.boolean().default(false),
});
/** A session in my bin, until when it is kept there. Milliseconds since 1970. */
export const binnedSchema = z.object({
  id: z.string(),
  title: z.string(),
  seconds: z.number(),
  people: z.array(userSchema),
  wave: z.array(z.number()),
  deletedAt: z.number(),
  erasedAt: z.number(),
});

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
/** What a file is for: a strip of the mix, or a finished song to be compared with, which is no part of the mix. */
export const stemKindSchema = z.enum(['stem', 'reference']);
export const stemSchema = z.object({
  id: z.string(),
  kind: stemKindSchema,
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
  /** How a reference lies beside the song; null for stems. */
  alignment: alignmentSchema.nullable(),
});

/** RFC 9457. */
export const problemSchema = z.object({ type: z.string(), title: z.string(), status: z.number(), detail: z.string() });

export type User = z.infer<typeof userSchema>;
export type BinnedSession = z.infer<typeof binnedSchema>;
export type SessionInfo = z.infer<typeof sessionSchema>;
export type Invite = z.infer<typeof inviteSchema>;
export type CreatedInvite = z.infer<typeof createdInviteSchema>;
export type InvitePreview = z.infer<typeof invitePreviewSchema>;
export type Member = z.infer<typeof memberSchema>;
export type Stem = z.infer<typeof stemSchema>;
export type StemKind = z.infer<typeof stemKindSchema>;
export type Problem = z.infer<typeof problemSchema>;
