// The order in which strips are processed, and how one takes the place of another while sound passes.
//
// A way that is left needs the order it was made for until all that went it has faded out; a new way needs the new order. So the old
// one stays while anything fades: what is to go elsewhere falls silent, new sends wait, and then all ways and the order change at once.

import { sendAt, stripAt } from './access';
import { MAX_STRIPS, NEXT_ORDER, ORDER, SCRATCH } from './layout';
import { State } from './state-record';
import { dropStrip, reroute } from './strip';
import { Strip, VCA } from './strip-record';
import { longestWaitOf } from './wait';

@inline
export function ordered(place: i32): i32 {
  return load<i32>(ORDER + (<usize>place << 2));
}

/** Begins to name the strips of a new order. */
export function beginOrder(state: State): void {
  state.nextOrderCount = 0;
}

export function addToOrder(state: State, index: i32): void {
  if (state.nextOrderCount < MAX_STRIPS) store<i32>(NEXT_ORDER + (<usize>(state.nextOrderCount++) << 2), index);
}

/** The order that was named counts as soon as nothing needs the old one. */
export function endOrder(state: State): void {
  state.orderWaits = 1;
  if (stillFades(state)) leadWithVcas(state);
  else takeOrder(state);
}

/** Takes the order that waits, once all that leaves its way is silent. Called before each chunk. */
export function advanceOrder(state: State): void {
  if (state.orderWaits && !stillFades(state)) takeOrder(state);
}

/** Takes the order that waits now, and with it all ways that were to change. */
export function takeOrder(state: State): void {
  for (let place = 0; place < state.orderCount; place++) {
    const index = ordered(place);
    const strip = stripAt(index);
    if (!strip.used || strip.kind == VCA) continue;
    if (strip.leaving) dropStrip(index);
    else if (strip.output != strip.wantedOutput) reroute(strip);
  }
  memory.copy(ORDER, NEXT_ORDER, <usize>state.nextOrderCount << 2);
  state.orderCount = state.nextOrderCount;
  state.orderWaits = 0;
}

/** Whether a strip or one of its sends is on its way elsewhere and still heard where it goes. */
function leavesAudibly(strip: Strip): bool {
  for (let index = strip.firstSend; index >= 0; index = sendAt(index).next) if (sendAt(index).leaving) return true;
  if (!strip.leaving && strip.output == strip.wantedOutput) return false;
  return strip.presence > 0.0 || strip.unheard < longestWaitOf(strip);
}

function stillFades(state: State): bool {
  for (let place = 0; place < state.orderCount; place++) {
    const strip = stripAt(ordered(place));
    if (strip.used && strip.kind != VCA && leavesAudibly(strip)) return true;
  }
  return false;
}

/** New VCAs move what follows them at once; they have no sound, and come first in every order. */
function leadWithVcas(state: State): void {
  let count = 0;
  for (let place = 0; place < state.nextOrderCount; place++) {
    const index = load<i32>(NEXT_ORDER + (<usize>place << 2));
    if (stripAt(index).kind == VCA) store<i32>(SCRATCH + (<usize>(count++) << 2), index);
  }
  for (let place = 0; place < state.orderCount; place++) {
    const index = ordered(place);
    if (stripAt(index).kind != VCA) store<i32>(SCRATCH + (<usize>(count++) << 2), index);
  }
  memory.copy(ORDER, SCRATCH, <usize>count << 2);
  state.orderCount = count;
}
