import type { Kysely } from 'kysely';
import type { AdminJob, AdminList, AdminOverview, AdminPerson, AdminSession } from '../../lib/protocol';
import type { Config } from '../config';
import type { Disk } from '../http/disk';
import { notFound } from '../http/problem';
import type { Log } from '../observability/log';
import type { Database } from '../sql/database';
import type { AdminDoor } from './door';
import { adminRows } from './repository';

/** The life of sessions, as far as whoever runs the service has a hand in it. */
interface AdministeredSessions {
  /** Deletes a session as its owner would; false when there is none. */
  withdraw(id: string): Promise<boolean>;
  /** Takes that back, for thirty days; false when there is none to bring back. */
  bringBack(id: string): Promise<boolean>;
}
/** The work on files. */
interface AdministeredStems {
  bytesKept(): Promise<number>;
  jobsOpen(): Promise<number>;
  /** 0 to 1, of a file that is worked on here. */
  progressOf(stemId: string): number;
  /** Begins anew with a file that waits or is worked on; false when it does neither. */
  retry(stemId: string): Promise<boolean>;
  /** Ends the work on a file, which then has failed; false when nothing works on it. */
  stop(stemId: string): Promise<boolean>;
}

export interface AdminNeeds {
  readonly kysely: Kysely<Database>;
  readonly door: AdminDoor;
  readonly sessions: AdministeredSessions;
  readonly stems: AdministeredStems;
  readonly disk: Disk;
  readonly sync: { counts(): { readonly sockets: number; readonly people: number } };
  readonly config: Pick<
    Config,
    | 'MAX_STEM_MEGABYTES'
    | 'MAX_MEGABYTES_PER_SESSION'
    | 'MAX_MEGABYTES_PER_USER'
    | 'MAX_STRIPS'
    | 'MAX_SESSIONS_PER_USER'
    | 'MAX_MEMBERS'
    | 'RESERVE_MEGABYTES'
  >;
  readonly log: Log;
  readonly now: () => number;
}

const MEGABYTE = 1_000_000;

/** What whoever runs the service sees and does. Every call asks the door first; what was done is logged. */
export function createAdmin({ kysely, door, sessions, stems, disk, sync, config, log, now }: AdminNeeds) {
  const rows = adminRows(kysely);

  async function act(headers: Headers, what: string, id: string, does: () => Promise<boolean>): Promise<void> {
    door.demand(headers);
    if (!(await does())) throw notFound();
    log.info({ what, id }, 'done by the administration');
  }

  return {
    logIn: (token: string): string => door.open(token),
    logOut: (): string => door.close(),
    async overview(headers: Headers): Promise<AdminOverview> {
      door.demand(headers);
      const { people, open, deleted } = await rows.counts();
      const { sockets, people: here } = sync.counts();
      return {
        people: { here, known: people },
        sessions: { open, deleted },
        sockets,
        storage: { stems: await stems.bytesKept(), free: await disk.free(), reserve: config.RESERVE_MEGABYTES * MEGABYTE },
        jobs: await stems.jobsOpen(),
        quotas: {
          stemBytes: config.MAX_STEM_MEGABYTES * MEGABYTE,
          sessionBytes: config.MAX_MEGABYTES_PER_SESSION * MEGABYTE,
          personBytes: config.MAX_MEGABYTES_PER_USER * MEGABYTE,
          stems: config.MAX_STRIPS,
          sessions: config.MAX_SESSIONS_PER_USER,
          members: config.MAX_MEMBERS,
        },
      };
    },
    async sessions(headers: Headers, search: string): Promise<AdminList<AdminSession>> {
      door.demand(headers);
      return await rows.sessions(search);
    },
    async people(headers: Headers, search: string): Promise<AdminList<AdminPerson>> {
      door.demand(headers);
      return await rows.people(search);
    },
    async jobs(headers: Headers): Promise<AdminList<AdminJob>> {
      door.demand(headers);
      return await rows.jobs(now(), stems.progressOf);
    },
    deleteSession: (headers: Headers, id: string) => act(headers, 'session deleted', id, () => sessions.withdraw(id)),
    bringBackSession: (headers: Headers, id: string) => act(headers, 'session brought back', id, () => sessions.bringBack(id)),
    retryJob: (headers: Headers, stemId: string) => act(headers, 'work on a file begun anew', stemId, () => stems.retry(stemId)),
    stopJob: (headers: Headers, stemId: string) => act(headers, 'work on a file stopped', stemId, () => stems.stop(stemId)),
  };
}
export type Admin = ReturnType<typeof createAdmin>;
