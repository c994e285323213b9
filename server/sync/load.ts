import * as Y from 'yjs';
import { MAPS, migrate, newMix, repairDocument } from '../../lib/doc';
import type { UpdateLog } from '../ports';
import { SERVER } from './gate';
import type { Clock } from './ports';

export interface LoadedDocument {
  readonly doc: Y.Doc;
  /** Whose each client id is, as far as the log still says. */
  readonly owners: Map<number, string>;
  /** Rows of the log since its snapshot. */
  readonly rows: number;
  /** The last row that the document holds. */
  readonly sequence: number;
}

/**
 * Replays a session's log. An empty log begins with a new mix; an older one is migrated and repaired; what that writes is on
 * disk before anybody reads it.
 */
export async function loadDocument(log: UpdateLog, sessionId: string, clock: Clock): Promise<LoadedDocument> {
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
  const written: Uint8Array[] = [];
  const listen = (update: Uint8Array) => written.push(update);
  doc.on('update', listen);
  if (rows.length === 0) newMix(doc);
  migrate(doc);
  repairDocument(doc);
  doc.off('update', listen);
  let sequence = rows.at(-1)?.sequence ?? 0;
  if (written.length > 0) {
    const update = Y.mergeUpdates(written);
    const [row] = await log.append([{ sessionId, update, userId: null, clientId: doc.clientID, at: clock.now() }]);
    sequence = row ?? sequence;
    owners.set(doc.clientID, SERVER);
  }
  return { doc, owners, rows: await log.count(sessionId), sequence };
}
