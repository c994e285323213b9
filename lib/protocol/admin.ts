import { z } from 'zod';

/** What whoever runs the service sees and does. Sizes are bytes, times milliseconds since 1970. */
export const adminLoginRequest = z.object({ token: z.string().min(1).max(500) });

export const adminOverviewSchema = z.object({
  /** With a session open now, and known by a cookie. */
  people: z.object({ here: z.number(), known: z.number() }),
  sessions: z.object({ open: z.number(), deleted: z.number() }),
  sockets: z.number(),
  storage: z.object({ stems: z.number(), free: z.number(), reserve: z.number() }),
  jobs: z.number(),
  quotas: z.object({
    stemBytes: z.number(),
    sessionBytes: z.number(),
    personBytes: z.number(),
    stems: z.number(),
    sessions: z.number(),
    members: z.number(),
  }),
});
const adminSessionSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Null for the demo song's template and for somebody who is gone. */
  owner: z.string().nullable(),
  members: z.number(),
  stems: z.number(),
  bytes: z.number(),
  createdAt: z.number(),
  changedAt: z.number(),
  deletedAt: z.number().nullable(),
});
const adminPersonSchema = z.object({ id: z.string(), name: z.string(), sessions: z.number(), bytes: z.number() });
const adminJobSchema = z.object({
  stemId: z.string(),
  filename: z.string(),
  sessionTitle: z.string(),
  bytes: z.number(),
  /** Runs so far that ended with the process. */
  attempts: z.number(),
  state: z.enum(['waiting', 'working']),
  /** 0 to 1. */
  progress: z.number(),
  since: z.number(),
});
/** The newest or largest first; `more` that are not listed. */
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), more: z.number() });
export const adminSessionsSchema = listOf(adminSessionSchema);
export const adminPeopleSchema = listOf(adminPersonSchema);
export const adminJobsSchema = listOf(adminJobSchema);

export type AdminOverview = z.infer<typeof adminOverviewSchema>;
export type AdminSession = z.infer<typeof adminSessionSchema>;
export type AdminPerson = z.infer<typeof adminPersonSchema>;
export type AdminJob = z.infer<typeof adminJobSchema>;
export interface AdminList<Item> {
  readonly items: Item[];
  readonly more: number;
}
