// Automation: lanes put controls where they belong at each place of the song.
//
// A lane says where its control is at the end of every chunk, at the song's frame that is then heard where the control acts; within the chunk everything moves in a straight line. Chunks end
// at the same frames of the song whatever the output's blocks are (`console.ts`), so the same song sounds the same everywhere.
// A step cuts the chunk, so that it begins at its own frame; steps, jumps and lanes drawn anew are come after with the row's own
// smoothing.

import { desk, insertAt, laneAt, sendAt, stripAt } from './access';
import { INSERT_FIRSTS, ROW_DOMAIN, ROW_MAX, ROW_MIN, ROW_SMOOTHING, SEND_FIRST, STRIP_FIRST } from './generated/parameters';
import { INSERT_VALUES } from './insert-record';
import { HOLD, Lane, LANE_BYTES, ON_SEND, ON_STRIP, POINT_BYTES, SMOOTH } from './lane-record';
import { MAX_INSERTS, MAX_LANES, MAX_SENDS, MAX_STRIPS } from './layout';
import { LONGEST_AGO, songAt } from './places';
import { SEND_VALUES } from './send-record';
import { NOWHERE } from './state-record';
import { STRIP_VALUES } from './strip-record';
import { SAMPLE_RATE } from './units';
import { aimValue, GAIN, leadValue, LOGARITHM } from './values';

/** Time constants after which a step has been come after. */
const SETTLES: f64 = 10.0;

@inline
function row(table: usize, index: i32): f64 {
  return load<f64>(table + (<usize>index << 3));
}

@inline
function pointAt(lane: Lane, index: i32): usize {
  return <usize>(<u32>lane.address) + <usize>index * POINT_BYTES;
}

@inline
function momentOf(lane: Lane, index: i32): i32 {
  return load<i32>(pointAt(lane, index));
}

/** The values of whoever has the control; 0 while nobody is there. */
function blockOf(lane: Lane): usize {
  if (lane.owner == ON_STRIP) return stripAt(lane.slot).used ? changetype<usize>(stripAt(lane.slot)) + STRIP_VALUES : 0;
  if (lane.owner == ON_SEND) return sendAt(lane.slot).used ? changetype<usize>(sendAt(lane.slot)) + SEND_VALUES : 0;
  return insertAt(lane.slot).used ? changetype<usize>(insertAt(lane.slot)) + INSERT_VALUES : 0;
}

/** The number of the first row of whoever has the control. */
function firstRow(lane: Lane): i32 {
  if (lane.owner == ON_STRIP) return STRIP_FIRST;
  return lane.owner == ON_SEND ? SEND_FIRST : load<i32>(INSERT_FIRSTS + (<usize>insertAt(lane.slot).type << 2));
}

/**
 * Gives a lane its points; with none of them it goes, and its control stays where it is. What it was told before does not count
 * any more, so that its memory can be given back once this has been taken.
 */
export function setLane(index: i32, owner: i32, slot: i32, parameter: i32, address: i32, count: i32, gentle: bool): void {
  if (index < 0 || index >= MAX_LANES) return;
  const most = owner == ON_STRIP ? MAX_STRIPS : owner == ON_SEND ? MAX_SENDS : MAX_INSERTS;
  if (slot < 0 || slot >= most || parameter < 0) return;
  const lane = laneAt(index);
  const state = desk();
  const same = lane.used && lane.owner == owner && lane.slot == slot && lane.parameter == parameter;
  const held = same ? lane.held : 0;
  memory.fill(changetype<usize>(lane), 0, LANE_BYTES);
  if (count > 0) {
    lane.used = 1;
    lane.owner = owner;
    lane.slot = slot;
    lane.parameter = parameter;
    lane.address = address;
    lane.count = count;
    lane.held = held;
    lane.gentle = gentle ? 1 : 0;
    lane.expected = i32.MIN_VALUE;
    state.laneCount = max(state.laneCount, index + 1);
  }
  while (state.laneCount > 0 && !laneAt(state.laneCount - 1).used) state.laneCount--;
}

/** The control acts on the song `frames` after it has gone in. */
export function setLaneLate(index: i32, frames: i32): void {
  if (index >= 0 && index < MAX_LANES) laneAt(index).late = min(max(frames, 0), LONGEST_AGO);
}

/** Leaves a control to a hand, or takes it back. */
export function holdLane(index: i32, held: bool): void {
  if (index < 0 || index >= MAX_LANES || !laneAt(index).used) return;
  laneAt(index).held = held ? 1 : 0;
  laneAt(index).expected = i32.MIN_VALUE;
}

/** A point's value in the space in which lanes move: logarithms where the law is one, else as it is. Nonsense stays in range. */
function toLaw(index: i32, value: f64): f64 {
  const least = row(ROW_MIN, index);
  const within = value >= least ? Math.min(value, row(ROW_MAX, index)) : least;
  return row(ROW_DOMAIN, index) == LOGARITHM ? Math.log(within) : within;
}

function toWorking(index: i32, law: f64): f64 {
  if (row(ROW_DOMAIN, index) != GAIN) return law;
  return law <= row(ROW_MIN, index) ? 0.0 : Math.pow(10.0, law / 20.0);
}

/** A stretch that begins at a point holds its value until the next one: by its curve, or because there is nothing in between. */
@inline
function holds(lane: Lane, index: i32, before: i32): bool {
  return row(ROW_SMOOTHING, index) == 0.0 || load<i32>(pointAt(lane, before), 4) == HOLD;
}

/** The moment of the first step at or after the point `after`: a hold's end or two points of one moment, where the value changes. */
function nextStep(lane: Lane, index: i32, after: i32): i32 {
  for (let point = max(after, 1); point < lane.count; point++) {
    const steps = holds(lane, index, point - 1) || momentOf(lane, point - 1) == momentOf(lane, point);
    if (steps && load<f64>(pointAt(lane, point - 1), 8) != load<f64>(pointAt(lane, point), 8)) return momentOf(lane, point);
  }
  return i32.MAX_VALUE;
}

/** Takes up the stretch that the frame `at` lies in, where it is another one than before. */
function takeStretch(lane: Lane, index: i32, at: i32): void {
  if (lane.from <= at && lane.until > at) return;
  const back = lane.from > at;
  let low = 0;
  let high = lane.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (momentOf(lane, middle) <= at) low = middle + 1;
    else high = middle;
  }
  const before = max(low - 1, 0);
  const after = min(low, lane.count - 1);
  lane.from = low == 0 ? i32.MIN_VALUE : momentOf(lane, before);
  lane.until = low == lane.count ? i32.MAX_VALUE : momentOf(lane, after);
  if (back || lane.step <= at) lane.step = nextStep(lane, index, low);
  const ended = lane.curve == HOLD ? lane.first : lane.last;
  lane.curve = before == after || holds(lane, index, before) ? HOLD : load<i32>(pointAt(lane, before), 4);
  lane.first = toLaw(index, load<f64>(pointAt(lane, before), 8));
  lane.last = toLaw(index, load<f64>(pointAt(lane, after), 8));
  if (lane.first != ended) comeAfter(lane, index);
}

/** What the lane says at `position` of its stretch or at the end of it, in its law. */
function valueAt(lane: Lane, position: i32): f64 {
  if (lane.curve == HOLD) return lane.first;
  if (lane.until <= position) return lane.last;
  const share = <f64>(position - lane.from) / (<f64>lane.until - <f64>lane.from);
  const way = lane.curve == SMOOTH ? share * share * (3.0 - 2.0 * share) : share;
  return lane.first + way * (lane.last - lane.first);
}

function comeAfter(lane: Lane, index: i32): void {
  lane.after = <i32>(SETTLES * row(ROW_SMOOTHING, index) * 0.001 * SAMPLE_RATE);
}

/** Every control at once where its lane has it at `position`: what a fresh start begins from. */
export function placeLanes(position: i32): void {
  const state = desk();
  for (let i = 0; i < state.laneCount; i++) {
    const lane = laneAt(i);
    const block = lane.used && !lane.held ? blockOf(lane) : 0;
    if (!block) continue;
    const index = firstRow(lane) + lane.parameter;
    takeStretch(lane, index, position);
    leadValue(block, lane.parameter, toWorking(index, valueAt(lane, position)));
    lane.after = 0;
    lane.gentle = 0;
    lane.expected = position;
  }
}

/** The longest chunk, at most `frames`, within which no control steps. */
export function lanesLimit(frames: i32): i32 {
  const state = desk();
  let limit = frames;
  for (let i = 0; i < state.laneCount; i++) {
    const lane = laneAt(i);
    if (!lane.used || lane.held || !blockOf(lane)) continue;
    const first = songAt(-lane.late);
    if (first == NOWHERE) continue;
    takeStretch(lane, firstRow(lane) + lane.parameter, first);
    const before = lane.step - first;
    if (before > 0 && before < limit && songAt(before - 1 - lane.late) == lane.step - 1) limit = before;
  }
  return limit;
}

/** Moves every control on to where its lane has it at the end of a chunk of `frames`, by where in the song its own strip is. */
export function moveLanes(frames: i32): void {
  const state = desk();
  for (let i = 0; i < state.laneCount; i++) {
    const lane = laneAt(i);
    const block = lane.used && !lane.held ? blockOf(lane) : 0;
    if (block) moveLane(lane, block, frames);
  }
}

function moveLane(lane: Lane, block: usize, frames: i32): void {
  const last = songAt(frames - 1 - lane.late);
  if (last == NOWHERE) return;
  const end = last + 1;
  const first = firstRow(lane);
  const index = first + lane.parameter;
  // Where the song has only begun to come through, the chunk's beginning lies before it.
  const jumped = lane.expected < end - frames || lane.expected > end;
  takeStretch(lane, index, last);
  const working = toWorking(index, valueAt(lane, end));
  if (jumped) comeAfter(lane, index);
  lane.expected = end;
  if (lane.gentle) lane.gentle = aimValue(block, first, lane.parameter, working, true) ? 1 : 0;
  else if (lane.after > 0) {
    aimValue(block, first, lane.parameter, working, false);
    lane.after -= frames;
  } else leadValue(block, lane.parameter, working);
}
