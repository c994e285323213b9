import type { NewGesture, NewUpdate } from '../ports';

/**
 * Updates on their way to the database's thread: all of their bytes in one buffer, which goes over without being copied. As they come,
 * each is a view of what was read from a line, of which a copy would be made whole.
 */
export interface PackedUpdates {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lengths: readonly number[];
  readonly sessions: readonly string[];
  readonly epochs: readonly number[];
  readonly users: readonly (string | null)[];
  readonly clients: readonly (number | null)[];
  readonly times: readonly number[];
  readonly gestures: readonly (NewGesture | null)[];
}

export function packed(batch: readonly NewUpdate[]): PackedUpdates {
  const bytes = new Uint8Array(batch.reduce((sum, { update }) => sum + update.length, 0));
  let at = 0;
  for (const { update } of batch) {
    bytes.set(update, at);
    at += update.length;
  }
  return {
    bytes,
    lengths: batch.map(({ update }) => update.length),
    sessions: batch.map(({ sessionId }) => sessionId),
    epochs: batch.map(({ epoch }) => epoch),
    users: batch.map(({ userId }) => userId),
    clients: batch.map(({ clientId }) => clientId),
    times: batch.map((update) => update.at),
    gestures: batch.map(({ gesture }) => gesture ?? null),
  };
}

export function unpacked({ bytes, lengths, sessions, epochs, users, clients, times, gestures }: PackedUpdates): NewUpdate[] {
  let end = 0;
  return lengths.map((length, index) => {
    end += length;
    return {
      // A batch that names no session is refused by the table.
      sessionId: sessions[index] as string,
      epoch: epochs[index] ?? 0,
      update: bytes.subarray(end - length, end),
      userId: users[index] ?? null,
      clientId: clients[index] ?? null,
      at: times[index] ?? 0,
      gesture: gestures[index] ?? null,
    };
  });
}
