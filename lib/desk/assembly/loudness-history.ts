// Loudness over time: momentary and short-term every 100 ms, with the place in the song, for as long as the song plays.

import { desk } from './access';
import { HISTORY } from './layout';
import { NOWHERE } from './state-record';

/** Entries of the ring, 54 minutes; a power of two. */
const HISTORY_ENTRIES: i32 = 32768;
/** Momentary (f32), short-term (f32), frame of the song (i32). */
const ENTRY_BYTES: usize = 12;
const HEAD: usize = 16;
export const HISTORY_BYTES: usize = HEAD + <usize>HISTORY_ENTRIES * ENTRY_BYTES;

/** Begins anew. */
export function forgetHistory(): void {
  atomic.store<i32>(HISTORY, 0);
}

/** Keeps the values of the last 100 ms; nothing while no song sounds. */
export function noteHistory(momentary: f64, shortTerm: f64): void {
  const heard = desk().heard;
  if (heard == NOWHERE) return;
  const written = atomic.load<i32>(HISTORY);
  const entry = HISTORY + HEAD + <usize>(written & (HISTORY_ENTRIES - 1)) * ENTRY_BYTES;
  store<f32>(entry, <f32>momentary);
  store<f32>(entry, <f32>shortTerm, 4);
  store<i32>(entry, heard, 8);
  atomic.store<i32>(HISTORY, written + 1);
}

export function historyEntries(): i32 {
  return HISTORY_ENTRIES;
}
export function historyWritten(): i32 {
  return atomic.load<i32>(HISTORY);
}
export function historyAddress(): usize {
  return HISTORY + HEAD;
}
