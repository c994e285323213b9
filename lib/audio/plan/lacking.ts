import type { SendId, StripId } from '../../mix';
import type { DeskPicture } from './picture';

/** What of a picture there is no memory for, effects aside. */
export interface Lacking {
  /** Strips whose delay is on. */
  readonly delays: ReadonlySet<StripId>;
  /** Strips whose way to their output, input or key has to wait. */
  readonly outputs: ReadonlySet<StripId>;
  readonly sends: ReadonlySet<SendId>;
  /** Lanes, by their control's key. */
  readonly lanes: ReadonlySet<string>;
}

/**
 * What of `picture` the desk can hold without the memory that is lacking: no delays, waits or lanes there. The plan from it to a
 * later picture, for which there is memory, brings them.
 */
export function withoutLacking(picture: DeskPicture, { delays, outputs, sends, lanes }: Lacking): DeskPicture {
  if (delays.size + outputs.size + sends.size + lanes.size === 0) return picture;
  return {
    ...picture,
    strips: new Map(
      [...picture.strips].map(([id, strip]) => [
        id,
        { ...strip, ...(outputs.has(id) && { wait: 0, inputWait: 0, keyWait: 0 }), delayed: strip.delayed && !delays.has(id) },
      ]),
    ),
    sends: new Map([...picture.sends].map(([id, send]) => [id, sends.has(id) ? { ...send, wait: 0 } : send])),
    lanes: new Map([...picture.lanes].filter(([key]) => !lanes.has(key))),
  };
}
