import type { Kysely } from 'kysely';
import type { Change, Mix } from '../../lib/mix';
import type { Disk } from '../http/disk';
import type { Log } from '../observability/log';
import type { Blobs, Bus } from '../ports';
import type { Access } from '../sessions/access';
import type { Database } from '../sql/database';

/** The mix documents, as far as stems concern them. */
export interface MixEditor {
  /** Changes a session's mix from the mix as it is; resolves when that is on disk. `by` is whose gesture it is in the history. */
  edit(sessionId: string, build: (mix: Mix) => readonly Change[], by?: { readonly userId: string }): Promise<unknown>;
}

interface StemsLimits {
  /** Bytes of one file. */
  readonly maxBytes: number;
  /** Seconds of one stem. */
  readonly maxSeconds: number;
  /** Stems in one session. */
  readonly maxStems: number;
  /** Bytes of all stems in one session. */
  readonly sessionBytes: number;
  /** Bytes of all stems that one person has sent. */
  readonly personBytes: number;
}

/** How a file ended: as a stem, refused for what it is, crashed (it is tried again), or given up. */
export type IngestOutcome = 'ready' | 'refused' | 'crashed' | 'gave up';

export interface StemsNeeds {
  readonly kysely: Kysely<Database>;
  readonly blobs: Blobs;
  readonly disk: Disk;
  readonly bus: Bus;
  readonly sync: MixEditor;
  readonly access: Access;
  readonly limits: StemsLimits;
  readonly log: Log;
  /** Where files lie while they come in and are worked on. */
  readonly folder: string;
  /** The desk's WASM, whose meter measures. */
  readonly desk: WebAssembly.Module;
  readonly now: () => number;
  readonly measures: { ingested(outcome: IngestOutcome, seconds: number): void };
  /** True where no other process shares the database. */
  readonly alone: boolean;
}
