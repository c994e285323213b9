import { z } from 'zod';
import { userSchema } from './http';

export const primitive = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const mapName = z.enum(['strips', 'sends', 'inserts', 'markers', 'settings', 'automation', 'presets']);
/** The records of a mix as a document holds them, by map, id and field; `lib/doc/SPEC.md`. */
export const recordsSchema = z.partialRecord(mapName, z.record(z.string(), z.record(z.string(), primitive)));
export type PlainRecords = z.infer<typeof recordsSchema>;

/** What became different: a field (absent: its default), or a whole record that came or went. `lib/doc/SPEC.md` says what records there are. */
const differenceSchema = z.discriminatedUnion('did', [
  z.object({
    did: z.literal('set'),
    map: mapName,
    id: z.string(),
    field: z.string(),
    from: primitive.optional(),
    to: primitive.optional(),
  }),
  z.object({ did: z.literal('add'), map: mapName, id: z.string(), fields: z.record(z.string(), primitive) }),
  z.object({ did: z.literal('remove'), map: mapName, id: z.string(), fields: z.record(z.string(), primitive) }),
]);

/** The names that strips had then, by id, and of which strip and type inserts were. */
const named = {
  names: z.record(z.string(), z.string()),
  inserts: z.record(z.string(), z.object({ strip: z.string(), type: z.string() })),
};

/** One gesture of somebody. */
export const historyEventSchema = z.object({
  id: z.string(),
  /** Null for what the service did by itself. */
  by: userSchema.nullable(),
  /** When it began and ended, in milliseconds since 1970. */
  at: z.number(),
  until: z.number(),
  kind: z.enum(['set', 'move', 'add', 'remove', 'automation', 'several']),
  /** The strip that it is about, and all that it touches. */
  strip: z.string().nullable(),
  strips: z.array(z.string()),
  /** Where one field is all that it changed. */
  parameter: z.string().nullable(),
  from: primitive.optional(),
  to: primitive.optional(),
  ...named,
  /** The first of what it changed, and how much that is in all. */
  differences: z.array(differenceSchema),
  changes: z.number(),
  /** The gesture that this one took back. */
  reverts: z.string().nullable(),
  /** Whether it has been taken back since. */
  takenBack: z.boolean(),
});
export const historySchema = z.object({
  /** The newest first. */
  events: z.array(historyEventSchema),
  /** What `before` takes to get those before; null where there are none. */
  next: z.string().nullable(),
});
export const historyQuery = z.object({
  since: z.coerce.number().optional(),
  until: z.coerce.number().optional(),
  strip: z.string().max(64).optional(),
  user: z.string().max(64).optional(),
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const takeBackRequest = z.object({ force: z.boolean().default(false) });

/** What others did while somebody was away: by person and strip, from the first value to the last. */
export const awaySchema = z.object({
  /** When they were last here; null for who is here for the first time. */
  since: z.number().nullable(),
  events: z.number(),
  people: z.array(
    z.object({
      by: userSchema,
      events: z.number(),
      strips: z.array(
        z.object({
          strip: z.string().nullable(),
          name: z.string(),
          events: z.number(),
          differences: z.array(differenceSchema),
          more: z.number(),
        }),
      ),
      ...named,
    }),
  ),
});

const values = z.record(z.string(), z.number());
/** A mix as data: every value that differs from its default, strips in order. */
export const mixSchema = z.object({
  strips: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      name: z.string(),
      color: z.number(),
      order: z.string(),
      stem: z.string().nullable(),
      output: z.string().nullable(),
      vcas: z.array(z.string()),
      key: z.string().optional(),
      values,
    }),
  ),
  sends: z.array(z.object({ id: z.string(), from: z.string(), to: z.string(), values })),
  inserts: z.array(z.object({ id: z.string(), strip: z.string(), type: z.string(), order: z.string(), values })),
  markers: z.array(z.object({ id: z.string(), name: z.string(), at: z.number(), kind: z.string(), color: z.number() })),
  settings: z.object({ tempo: z.number(), metre: z.array(z.number()), key: z.string() }),
  automation: z.array(
    z.object({
      control: z.string(),
      read: z.boolean(),
      points: z.array(z.object({ id: z.string(), at: z.number(), value: z.number(), curve: z.string() })),
    }),
  ),
});

export type HistoryEvent = z.infer<typeof historyEventSchema>;
export type HistoryPage = z.infer<typeof historySchema>;
export type HistoryQuery = z.input<typeof historyQuery>;
export type Away = z.infer<typeof awaySchema>;
export type MixData = z.infer<typeof mixSchema>;
