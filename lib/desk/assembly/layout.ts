// Where everything lies in memory. All addresses are constants: every instance over the same memory agrees on them, and
// no instance keeps state of its own, so that the page may read meters through its instance while the worklet runs its.

import { LOOK_AHEAD_BYTES } from './detector-record';
import { INSERT_BYTES } from './insert-record';
import { LANE_BYTES } from './lane-record';
import { LIMITER_BYTES } from './limiter-record';
import { LOUDNESS_BYTES } from './loudness';
import { HISTORY_BYTES } from './loudness-history';
import { LISTEN_RING_FRAMES, MONITOR_BYTES } from './monitor-record';
import { REFERENCE_BYTES } from './reference-record';
import { SATURATION_BYTES } from './saturation-record';
import { ITEM_BYTES, PENDING_ITEMS, RING_ITEMS } from './operation-record';
import { SEND_BYTES } from './send-record';
import { CHUNK } from './sizes';
import { HALF, SLEW_KERNEL_BYTES, SLEW_LINE } from './slew-record';
import { SOURCE_BYTES } from './source-record';
import { align16, STATE_BYTES } from './state-record';
import { STRIP_BYTES } from './strip-record';
import { TAP_BYTES, TAPS } from './tap-record';
import { WATCH_BYTES } from './watch-record';

export const MAX_STRIPS: i32 = 256;
/** One for each strip, and some for references. */
export const MAX_SOURCES: i32 = 264;
export const MAX_SENDS: i32 = 1024;
export const MAX_INSERTS: i32 = 256;
/** Controls that can be automated at once. */
export const MAX_LANES: i32 = 1024;
/** Most frames one call of `process` can deliver. */
export const MAX_BLOCK: i32 = 2048;
/** The mix has room for those, for what a change of speed needs beyond them, and for a chunk that ends beyond all. */
export const MAX_FRAMES: i32 = MAX_BLOCK + 2 * CHUNK;
/** Bytes of one chunk, left and right interleaved as f64. */
export const BUFFER_BYTES: usize = <usize>CHUNK * 16;

/** The compiler's constants lie below; `compile.mjs` checks it. */
export const STATE: usize = 65536;
export const RING: usize = STATE + STATE_BYTES;
export const PENDING: usize = RING + <usize>RING_ITEMS * ITEM_BYTES;
export const ORDER: usize = PENDING + <usize>PENDING_ITEMS * ITEM_BYTES;
export const NEXT_ORDER: usize = ORDER + <usize>MAX_STRIPS * 4;
export const SOURCES: usize = NEXT_ORDER + <usize>MAX_STRIPS * 4;
export const SENDS: usize = SOURCES + <usize>MAX_SOURCES * SOURCE_BYTES;
export const INSERTS: usize = SENDS + <usize>MAX_SENDS * SEND_BYTES;
export const STRIPS: usize = INSERTS + <usize>MAX_INSERTS * INSERT_BYTES;
/** One buffer for each strip: what flows into it, then what it makes of it. */
export const BUFFERS: usize = STRIPS + <usize>MAX_STRIPS * STRIP_BYTES;
/** Buffers for use within one processor; nothing in them lasts. */
export const SCRATCH: usize = BUFFERS + <usize>MAX_STRIPS * BUFFER_BYTES;
/** Addresses of filter sections about to run together. */
export const LIST: usize = SCRATCH + 10 * BUFFER_BYTES;
/** The mix (f32, planar: left, right), then what goes to the device. */
export const MIX: usize = LIST + 256;
export const OUTPUT: usize = MIX + <usize>MAX_FRAMES * 8;
/** The strips listened to alone (f32, planar), late as the mix; the bus they are summed on, and the ring that delays it. */
export const LISTEN: usize = OUTPUT + <usize>MAX_FRAMES * 8;
export const LISTEN_BUS: usize = LISTEN + <usize>MAX_FRAMES * 8;
export const LISTEN_RING: usize = LISTEN_BUS + BUFFER_BYTES;
export const TAP_AREA: usize = LISTEN_RING + <usize>LISTEN_RING_FRAMES * 8;
/** What is measured and heard of each strip beside the mix. */
export const WATCHES: usize = align16(TAP_AREA + <usize>TAPS * TAP_BYTES);
export const MONITOR: usize = WATCHES + <usize>MAX_STRIPS * WATCH_BYTES;
export const HISTORY: usize = MONITOR + MONITOR_BYTES;
/** Which frame of the song is on its way through the limiter. */
export const PLACES: usize = align16(HISTORY + HISTORY_BYTES);
export const KERNEL: usize = PLACES + 65536;
/** A chunk at eight times the rate; nothing in it lasts. */
export const OVERSAMPLED: usize = KERNEL + 2048;
/** The saturation of each strip. */
export const SATURATIONS: usize = OVERSAMPLED + 8 * BUFFER_BYTES;
export const LIMITER: usize = SATURATIONS + <usize>MAX_STRIPS * SATURATION_BYTES;
export const LOUDNESS: usize = LIMITER + align16(LIMITER_BYTES);
/** The lines of the strips' look-aheads: a gate's and a compressor's for each. */
export const LOOK_AHEADS: usize = LOUDNESS + align16(LOUDNESS_BYTES);
/** What compressors of other strips listen to, for each strip. */
const KEY_TAPS: usize = LOOK_AHEADS + <usize>(2 * MAX_STRIPS) * LOOK_AHEAD_BYTES;
export const LANES: usize = KEY_TAPS + <usize>MAX_STRIPS * BUFFER_BYTES;
/** Of the output's changes of speed: its state with the line that it reads, and the kernel it reads with. */
export const SLEW_FRAMES: i32 = MAX_FRAMES + 4 * HALF;
export const SLEW: usize = LANES + <usize>MAX_LANES * LANE_BYTES;
export const SLEW_KERNEL: usize = SLEW + SLEW_LINE + <usize>SLEW_FRAMES * 8;
/** A finished song beside the mix: what is known of it, and its sound of this block (f32, planar). */
export const REFERENCE: usize = align16(SLEW_KERNEL + SLEW_KERNEL_BYTES);
export const REFERENCE_OUT: usize = align16(REFERENCE + REFERENCE_BYTES);
/** From here on memory is the page's to hand out. */
export const HEAP: usize = REFERENCE_OUT + <usize>MAX_FRAMES * 8;

@inline
export function keyTap(index: i32): usize {
  return KEY_TAPS + <usize>index * BUFFER_BYTES;
}
