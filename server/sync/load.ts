import * as Y from 'yjs';
import { beginnerOf, DifferenceWatch, MAPS, migrate, newMix, rawRecord, readRecords, repairDocument } from '../../lib/doc';
import type { LoggedUpdate, UpdateLog } from '../ports';
import { FollowedLog } from './followed-log';
import { SERVER } from './gate';
import { Gestures } from './gestures';
import { FIXED } from './limits';
import { mendHistory } from './mended-history';
import type { Clock } from './ports';

/** Who begins a mix, on whatever instance: two that begin the same one at once write the same. */
const BEGINNER = beginnerOf(0);

export interface LoadedDocument {
  readonly doc: Y.Doc;
  /** Which document of the session it is. */
  readonly epoch: number;
  /** Whose each client id is, as far as the log still says. */
  readonly owners: Map<number, string>;
  /** Rows of the log since its snapshot. */
  readonly rows: number;
  /** Which rows the document holds. */
  readonly followed: FollowedLog;
  /** What loading wrote. */
  readonly written: readonly LoggedUpdate[];
}

/**
 * Replays a session's log; `alone`: nobody else writes to it. An empty log begins with a new mix; an older one is migrated and repaired; what that writes is on
 * disk before anybody reads it.
 */
export async function loadDocument(log: UpdateLog, sessionId: string, clock: Clock, alone: boolean): Promise<LoadedDocument> {
  const rows = await log.read(sessionId);
  const doc = new Y.Doc();
  for (const map of MAPS) doc.getMap(map);
  const owners = new Map<number, string>();
  doc.transact(() => {
    for (const { update, clientId, userId } of rows) {
      Y.applyUpdate(doc, update);
      if (clientId !== null && !owners.has(clientId)) owners.set(clientId, userId ?? SERVER);
    }
  });
  const last = rows.at(-1);
  if (last) {
    await mendHistory(log, sessionId, {
      records: () => readRecords(doc),
      through: last.sequence,
      from: last.at - FIXED.gestureUnkeptMs,
      // What another instance has just written it may still be going on with.
      until: alone ? Number.POSITIVE_INFINITY : clock.now() - FIXED.lostInstanceMs,
    });
  }
  const epoch = last?.epoch ?? 0;
  const followed = new FollowedLog(log, sessionId, last?.sequence ?? 0, alone);
  const written: Uint8Array[] = [];
  const listen = (update: Uint8Array) => written.push(update);
  doc.on('update', listen);
  const watch = new DifferenceWatch(doc);
  if (rows.length === 0) Y.applyUpdate(doc, beginning());
  migrate(doc);
  repairDocument(doc);
  doc.off('update', listen);
  watch.close();
  const own: LoggedUpdate[] = [];
  if (written.length > 0) {
    const clientId = rows.length === 0 ? BEGINNER : doc.clientID;
    const at = clock.now();
    const gesture = new Gestures().note(watch.take(), (map, id) => rawRecord(doc, map, id), { userId: null, at, upkeep: true });
    const row = { sessionId, epoch, update: Y.mergeUpdates(written), userId: null, clientId, at, gesture };
    for (const sequence of await log.append([row])) {
      // Between reading and writing it has gone on: it is read again.
      if (sequence === null) return loadDocument(log, sessionId, clock, alone);
      own.push({ ...row, sequence });
    }
    for (const { sequence } of own) followed.note(sequence);
  }
  for (const client of [beginnerOf(epoch), doc.clientID]) owners.set(client, SERVER);
  return { doc, epoch, owners, rows: await log.count(sessionId), followed, written: own };
}

function beginning(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = BEGINNER;
  newMix(doc);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}
