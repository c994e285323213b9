import { SEGMENT_FRAMES } from './segment';

/** A stretch of the song that repeats, in frames: `from` is heard again after the last frame before `until`. */
export interface FrameLoop {
  readonly from: number;
  readonly until: number;
}

const segmentOf = (frame: number) => Math.floor(Math.max(0, frame) / SEGMENT_FRAMES);

/**
 * The next `count` different segments of the song in the order in which they will be heard from `position` (frames) on.
 * The same for every stem: a stem that ends sooner has no such segment, which is silence. A loop turns back only a
 * playhead that has not passed its end.
 */
export function segmentsAhead(position: number, loop: FrameLoop | null, count: number): number[] {
  const turning = loop !== null && loop.until > loop.from && position < loop.until ? loop : null;
  const last = turning ? segmentOf(turning.until - 1) : Number.POSITIVE_INFINITY;
  const ahead: number[] = [];
  for (let segment = segmentOf(position); ahead.length < count; ) {
    if (ahead.includes(segment)) break;
    ahead.push(segment);
    segment = turning && segment === last ? segmentOf(turning.from) : segment + 1;
  }
  // A loop can hold fewer segments than there are slots; what lies before the playhead inside the loop comes too.
  if (turning)
    for (let segment = segmentOf(turning.from); segment <= last && ahead.length < count; segment++)
      if (!ahead.includes(segment)) ahead.push(segment);
  return ahead;
}

interface SlotFill {
  readonly slot: number;
  readonly segment: number;
}

/**
 * Which slots to fill so that all `wanted` segments are held, in the order of `wanted`. A slot that holds a wanted
 * segment is left alone, the others are overwritten; `held` has the segment in each slot, −1 where there is none. Slots that are
 * `busy` come last.
 */
export function slotFills(held: readonly number[], wanted: readonly number[], busy: (slot: number) => boolean = () => false): SlotFill[] {
  const needed = wanted.slice(0, held.length);
  const unneeded = held.map((_, slot) => slot).filter((slot) => !needed.includes(held[slot] ?? -1));
  const free = [...unneeded.filter((slot) => !busy(slot)), ...unneeded.filter(busy)];
  const missing = needed.filter((segment) => !held.includes(segment));
  return missing.flatMap((segment, index) => {
    const slot = free[index];
    return slot === undefined ? [] : [{ slot, segment }];
  });
}
