import { z } from 'zod';
import { recordsSchema } from './history';
import { userSchema } from './http';

/** What versions are called until the reveal. */
export const BLIND_LETTERS = ['A', 'B', 'C', 'D'] as const;
export const blindLetter = z.enum(BLIND_LETTERS);
/** In a test, the mix as it is when the test begins. */
export const MIX_OF_NOW = 'now';

/** What a letter was. */
const revealedSchema = z.object({
  letter: blindLetter,
  name: z.string(),
  /** Null for the mix as it was when the test began. */
  snapshotId: z.string().nullable(),
  votes: z.array(userSchema),
});

/** A comparison by the whole room, in which nobody knows which version is which until it is revealed. */
export const blindTestSchema = z.object({
  id: z.string(),
  by: userSchema,
  /** Milliseconds since 1970. */
  at: z.number(),
  letters: z.array(blindLetter),
  /** Everybody hears what somebody chose last; null before, and where each chooses for himself. */
  together: z.boolean(),
  heard: blindLetter.nullable(),
  /** The ids of those who have voted; not for what. */
  voted: z.array(z.string()),
  /** Null until the reveal. */
  result: z.object({ at: z.number(), versions: z.array(revealedSchema) }).nullable(),
});
/** The same, with what the one who asks has voted for. */
export const ownBlindTestSchema = blindTestSchema.extend({ mine: blindLetter.nullable() });
/** The mix behind a letter: nothing that would tell which it is. */
export const blindMixSchema = z.object({ records: recordsSchema });

export const createBlindTestRequest = z.object({
  versions: z
    .array(z.string().max(64))
    .min(2, 'Choose two versions at least.')
    .max(BLIND_LETTERS.length, `Choose ${BLIND_LETTERS.length} versions at most.`)
    .refine((ids) => new Set(ids).size === ids.length, 'Choose each version once.'),
  together: z.boolean().default(true),
});
/** What is heard by all, or voted for. */
export const letterRequest = z.object({ letter: blindLetter });

export type BlindLetter = z.infer<typeof blindLetter>;
export type BlindTest = z.infer<typeof blindTestSchema>;
export type OwnBlindTest = z.infer<typeof ownBlindTestSchema>;
export type BlindMix = z.infer<typeof blindMixSchema>;
