import { positionAt } from '../../lib/clock';
import type { Anchor, TransportAction } from '../../lib/protocol';
import { exhaustive } from '../../lib/std';

/** How far ahead a start is set, in milliseconds, so that everybody hears of it in time and begins at the same moment. */
const AHEAD = 150;
/** As far from now may lie a start that has been made already, in milliseconds. */
const MADE_ALREADY = 500;
/** How long a song plays on when the last listener has gone, in milliseconds. */
const STAYS = 30_000;

/** At rest at the beginning. Versions count on from the time, so that those from before a restart never look newer. */
export function restingAnchor(now: number): Anchor {
  return { playing: false, position: 0, at: now, loop: null, by: null, version: Math.floor(now) };
}

/** What becomes of a song that plays for nobody: a page may be reloaded, but nobody wants to come back hours after its end. */
export function leftAlone(anchor: Anchor, since: number, now: number): Anchor {
  if (!anchor.playing || now - since < STAYS) return anchor;
  return { ...anchor, playing: false, position: positionAt(anchor, since), at: now, version: anchor.version + 1 };
}

/**
 * The anchor after `action` of the person `by` at server time `now` (ms). Pure. The same anchor when nothing changes, else one with
 * the next version.
 */
export function nextAnchor(anchor: Anchor, action: TransportAction, now: number, by: string): Anchor {
  const here = positionAt(anchor, now);
  const to = (change: Partial<Anchor>): Anchor => ({ ...anchor, at: now, by, version: anchor.version + 1, ...change });
  const start = (made: number | undefined) => (made !== undefined && Math.abs(made - now) <= MADE_ALREADY ? made : now + AHEAD);
  switch (action.action) {
    case 'play':
      if (anchor.playing && action.position === undefined) return anchor;
      return to({ playing: true, position: action.position ?? here, at: start(action.at) });
    case 'stop':
      if (!anchor.playing && (action.position ?? anchor.position) === anchor.position) return anchor;
      return to({ playing: false, position: action.position ?? here });
    case 'seek':
      return to({ position: action.position, at: anchor.playing ? start(action.at) : now });
    case 'loop':
      // A start that is still ahead stays where and when it is; a running song goes on from where it is, under the new loop.
      return anchor.playing && anchor.at > now ? to({ loop: action.loop, at: anchor.at }) : to({ loop: action.loop, position: here });
    default:
      return exhaustive(action);
  }
}

/** Whether an anchor stays against another of the same version: the later move counts, the same on every instance. */
export function standsAgainst(mine: Anchor, other: Anchor): boolean {
  return mine.at === other.at ? JSON.stringify(mine) > JSON.stringify(other) : mine.at > other.at;
}
