import type { Role } from '../../lib/access';
import type { UpdateLog } from '../ports';
import type { GroupCommit } from './group-commit';
import type { SyncLimits } from './limits';
import type { PeerPorts } from './peers';
import type { Clock, Logger, SyncMeasures } from './ports';

/** What a room needs of the world. */
export interface RoomPorts {
  readonly log: UpdateLog;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly limits: SyncLimits;
  readonly logger: Logger;
  /** The roles of all members of this room's session now. */
  readonly roles: () => Promise<ReadonlyMap<string, Role>>;
  readonly measures?: SyncMeasures | undefined;
  /** The other instances; null where there are none. */
  readonly peers: PeerPorts | null;
  /** The room is at its end; who comes now begins another. */
  readonly ended: () => void;
}
