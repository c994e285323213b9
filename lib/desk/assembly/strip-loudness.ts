// Loudness of single strips (ITU-R BS.1770-5): momentary and short-term, renewed every 100 ms. Only while somebody looks.

import { desk, watchAt } from './access';
import { loudnessOf, weighEnergy } from './k-weighting';
import { Watch, WATCH_RECENT, WATCH_STEPS } from './watch-record';

const STEP: i32 = 4800;
const MOMENTARY_STEPS: i32 = 4;

/** Begins to weigh the strips, or leaves it. */
export function setWeighing(on: i32): void {
  const state = desk();
  if (on && !state.weighing) {
    state.weighFrames = 0;
    state.weighSteps = 0;
    state.weighing = 1;
  } else if (!on) state.weighing = 0;
}

@inline
function recentAt(watch: Watch, step: i32): usize {
  return changetype<usize>(watch) + WATCH_RECENT + (<usize>(step % WATCH_STEPS) << 3);
}

/** Mean energy of the last `count` steps, of those there are. */
function recent(watch: Watch, steps: i32, count: i32): f64 {
  const there = min(steps, count);
  let sum = 0.0;
  for (let i = 1; i <= there; i++) sum += load<f64>(recentAt(watch, steps - i));
  return sum / <f64>there;
}

function endStep(watch: Watch, step: i32): void {
  store<f64>(recentAt(watch, step), watch.energy / <f64>STEP);
  watch.energy = 0.0;
  watch.momentary = loudnessOf(recent(watch, step + 1, MOMENTARY_STEPS));
  watch.shortTerm = loudnessOf(recent(watch, step + 1, WATCH_STEPS));
}

/** A chunk of a strip after its fader; all strips of a chunk are at the same place of their step. */
export function weighStrip(index: i32, buffer: usize, frames: i32): void {
  const state = desk();
  if (!state.weighing) return;
  const watch = watchAt(index);
  const states = changetype<usize>(watch) + offsetof<Watch>('stateA');
  if (state.weighSteps == 0 && state.weighFrames == 0) {
    memory.fill(states, 0, 64);
    watch.energy = 0.0;
    watch.momentary = -Infinity;
    watch.shortTerm = -Infinity;
  }
  const first = min(frames, STEP - state.weighFrames);
  watch.energy += weighEnergy(states, buffer, first);
  if (state.weighFrames + first == STEP) endStep(watch, state.weighSteps);
  if (first < frames) watch.energy += weighEnergy(states, buffer + (<usize>first << 4), frames - first);
}

/** After all strips of a chunk. */
export function advanceWeighing(frames: i32): void {
  const state = desk();
  if (!state.weighing) return;
  state.weighFrames += frames;
  if (state.weighFrames < STEP) return;
  state.weighFrames -= STEP;
  state.weighSteps++;
}
