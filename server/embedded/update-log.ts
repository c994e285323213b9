import type { UpdateLog } from '../ports';
import type { OpenDatabase } from './database';
import { packed } from './packed-updates';

/** The updates' log in the embedded database; its tables must be there. */
export function embeddedUpdateLog({ ask, alone }: OpenDatabase): UpdateLog {
  return {
    async append(batch, goneOn = []) {
      if (batch.length + goneOn.length === 0) return [];
      const updates = packed(batch);
      return ask('append', [updates, goneOn], [updates.bytes.buffer]);
    },
    read: (sessionId) => ask('since', [sessionId, 0]),
    since: (sessionId, sequence) => ask('since', [sessionId, sequence]),
    count: (sessionId) => ask('count', [sessionId]),
    compact: (sessionId, snapshot, through) => ask('compact', [sessionId, snapshot, through]),
    turn: (sessionId, { epoch, through }, document) =>
      alone(async (within) => {
        if ((await within('epochOf', [sessionId])) !== epoch) return null;
        return within('turn', [sessionId, document(await within('since', [sessionId, through])), epoch]);
      }),
    gesturesAfter: (sessionId, sequence) => ask('gesturesAfter', [sessionId, sequence]),
    newestGestures: (sessionId, through, most) => ask('newestGestures', [sessionId, through, most]),
    trimGestures: (sessionId, most, mostBytes) => ask('trimGestures', [sessionId, most, mostBytes]),
    remove: (sessionId) => ask('remove', [sessionId]),
  };
}
