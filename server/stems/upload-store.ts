import type { DataStore } from '@tus/server';
import type { StemsTable } from '../sql/database';

/** Who does not go on with an upload for this long will not, in milliseconds. */
export const UPLOAD_EXPIRES_MS = 24 * 3600 * 1000;

/** How a stem's file stands that is on its way: it may still come, it is there and waits to be taken, it will not come. */
type Arrival = 'coming' | 'whole' | 'gone';

/** Where the files of resumable uploads lie until they are whole, under their stems' ids. */
export interface UploadStore {
  /** What `@tus/server` writes to. */
  readonly datastore: DataStore;
  arrival(row: StemsTable): Promise<Arrival>;
  /** Whether what comes lies on this machine's disk, which must have room for it. */
  readonly local: boolean;
  /** Bytes of it that are still to come. */
  missing(stemId: string): Promise<number>;
  /** Puts the whole file there. */
  stage(stemId: string, path: string): Promise<void>;
  /** Does something with a stem's file that nobody else may do at the same time; null, and nothing done, where somebody does. */
  alone<T>(stemId: string, work: () => Promise<T>): Promise<T | null>;
  /** Removes what came; nothing there is no error. */
  remove(stemId: string): Promise<void>;
}
