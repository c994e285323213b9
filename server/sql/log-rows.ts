import type { GoneOn, LoggedGesture, LoggedUpdate, NewGesture, NewUpdate } from '../ports';

/** A row of the updates' log, or its snapshot, as both databases give it. */
export interface Row {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly user_id: string | null;
  readonly client_id: number | null;
  readonly at: number;
  readonly epoch: number;
}

export function toLogged({ sequence, bytes, user_id, client_id, at, epoch }: Row): LoggedUpdate {
  return { sequence, update: new Uint8Array(bytes), userId: user_id, clientId: client_id, at, epoch };
}

export interface GestureRow extends Omit<LoggedGesture, 'userId' | 'strips'> {
  readonly user_id: string | null;
  readonly strips: string;
}

export function toGesture({ user_id, strips, ...row }: GestureRow): LoggedGesture {
  return { ...row, userId: user_id, strips: strips.split('/').filter(Boolean) };
}

export const stripsColumn = (strips: readonly string[]): string => `/${strips.join('/')}/`;

interface Begun {
  readonly sessionId: string;
  /** The update of the batch with which it begins, or comes first. */
  readonly index: number;
  readonly gesture: NewGesture;
}

/** The gestures of a batch, each once, as it was left: those that come with its updates, and others that have gone on. */
export function gesturesOf(
  batch: readonly NewUpdate[],
  goneOn: readonly GoneOn[],
): { readonly begun: Iterable<Begun>; readonly goneOn: readonly GoneOn[] } {
  const begun = new Map<string, Begun>();
  const keyOf = (sessionId: string, { id }: NewGesture) => `${sessionId} ${id}`;
  for (const [index, { sessionId, gesture }] of batch.entries()) {
    if (!gesture) continue;
    const key = keyOf(sessionId, gesture);
    begun.set(key, { sessionId, index: begun.get(key)?.index ?? index, gesture });
  }
  const earlier: GoneOn[] = [];
  for (const one of goneOn) {
    const key = keyOf(one.sessionId, one.gesture);
    const known = begun.get(key);
    if (!known) earlier.push(one);
    else if (one.gesture.until >= known.gesture.until) begun.set(key, { ...known, gesture: one.gesture });
  }
  return { begun: begun.values(), goneOn: earlier };
}
