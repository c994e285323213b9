import type { UpdateLog } from '../ports';
import { EncodedState } from './encoded-state';
import { Gate } from './gate';
import type { SyncLimits } from './limits';
import { type LoadedDocument, loadDocument } from './load';
import type { PeerPorts } from './peers';
import type { Clock } from './ports';

/** A session's document, who judges what may enter it, and what is sent of it. */
export type Content = LoadedDocument & { readonly gate: Gate; readonly encoded: EncodedState };

interface ContentPorts {
  readonly log: UpdateLog;
  readonly clock: Clock;
  readonly limits: SyncLimits;
  /** The other instances; null where there are none. */
  readonly peers: PeerPorts | null;
}

export async function loadContent(sessionId: string, { log, clock, limits, peers }: ContentPorts): Promise<Content> {
  const loaded = await loadDocument(log, sessionId, clock, peers === null);
  return {
    ...loaded,
    gate: new Gate(loaded.doc, loaded.owners, limits.documentBytes, () => clock.now()),
    encoded: new EncodedState(loaded.doc, clock.now()),
  };
}
