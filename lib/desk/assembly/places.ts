// Which frame of the song went in when: by it is known what comes out, and where in the song each strip is.

import { desk } from './access';
import { PLACES } from './layout';
import { CHUNK } from './sizes';
import { NOWHERE } from './state-record';
import { chunkPosition } from './transport';

/** Places of the ring; a power of two. */
const PLACE_RING: i32 = 16_384;
/** So long ago is still known. */
export const LONGEST_AGO: i32 = PLACE_RING - CHUNK - 1;

@inline
function place(count: i32): usize {
  return PLACES + (<usize>(count & (PLACE_RING - 1)) << 2);
}

export function clearPlaces(): void {
  for (let i = 0; i < PLACE_RING; i++) store<i32>(PLACES + (<usize>i << 2), NOWHERE);
}

/** Notes the next frame that goes in; returns the one that did `late` frames before it. */
@inline
export function notePlace(frame: i32, late: i32): i32 {
  const count = desk().placesWritten++;
  store<i32>(place(count), frame);
  return load<i32>(place(count - late));
}

/** The frame of the song that went in `ago` frames before the last one. */
@inline
export function placeAgo(ago: i32): i32 {
  return load<i32>(place(desk().placesWritten - 1 - ago));
}

/** The song's frame that goes in at frame `at` of this chunk, before it is noted; below 0 what went in so long ago. */
export function songAt(at: i32): i32 {
  if (at < 0) return load<i32>(place(desk().placesWritten + at));
  const first = chunkPosition();
  return first == NOWHERE ? NOWHERE : first + at;
}
