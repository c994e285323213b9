export { LIMITS, type SyncLimits } from './limits';
export { createSyncService, type SyncService } from './service';
export { SOCKET_OPTIONS } from './socket';
