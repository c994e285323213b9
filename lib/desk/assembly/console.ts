// One block of the whole desk.

import { bufferAt, desk, sendAt, stripAt } from './access';
import { prepareMeters } from './meters';
import { MAX_FRAMES, MAX_SENDS, MAX_STRIPS, MIX, ORDER } from './layout';
import { processMaster, resetMaster } from './master';
import { monitor } from './monitor';
import { applyDue, drain, framesUntilDue } from './operations';
import { resetSend } from './send';
import { CHUNK } from './sizes';
import { processStrip, resetStrip } from './strip';
import { STEM, VCA } from './strip-record';
import { advanceTransport, atRest, beginSeek, beginStart, checkReady, transportLimit } from './transport';

/** Longer than the longest echo: 15 s. */
const LONGEST_SILENCE: i32 = 720_000;

@inline
function ordered(place: i32): i32 {
  return load<i32>(ORDER + (<usize>place << 2));
}

/** Puts every processor back to its beginning. */
function resetAll(): void {
  for (let i = 0; i < MAX_STRIPS; i++) if (stripAt(i).used && stripAt(i).kind == VCA) resetStrip(i);
  for (let i = 0; i < MAX_STRIPS; i++) if (stripAt(i).used && stripAt(i).kind != VCA) resetStrip(i);
  for (let i = 0; i < MAX_SENDS; i++) if (sendAt(i).used) resetSend(sendAt(i));
  resetMaster();
}

/** `frames` at most `CHUNK`, written to the mix from frame `at` on. */
function renderChunk(frames: i32, at: i32): void {
  const state = desk();
  prepareMeters(frames);
  for (let place = 0; place < state.orderCount; place++) {
    const index = ordered(place);
    if (stripAt(index).kind != STEM) memory.fill(bufferAt(index), 0, <usize>frames << 4);
  }
  for (let place = 0; place < state.orderCount; place++) if (stripAt(ordered(place)).used) processStrip(ordered(place), frames);
  processMaster(frames, at);
}

/** Whether everything has been silent for longer than any echo can wait: then nothing is computed. */
function sleeps(frames: i32): bool {
  const state = desk();
  if (!atRest() || state.mixPeak > 0.0) state.quietFrames = 0;
  else state.quietFrames = min(state.quietFrames + frames, LONGEST_SILENCE);
  return state.quietFrames == LONGEST_SILENCE;
}

function writeSilence(frames: i32, at: i32): void {
  const left = MIX + (<usize>at << 2);
  memory.fill(left, 0, <usize>frames << 2);
  memory.fill(left + (<usize>MAX_FRAMES << 2), 0, <usize>frames << 2);
}

/** Renders the next `frames` (at most `MAX_FRAMES`) into the mix and the output. */
export function process(frames: i32): void {
  const state = desk();
  drain();
  const count = min(frames, MAX_FRAMES);
  let done = 0;
  while (done < count) {
    applyDue();
    if (beginStart()) resetAll();
    beginSeek();
    const span = transportLimit(framesUntilDue(min(CHUNK, count - done)));
    checkReady(span);
    if (sleeps(span)) writeSilence(span, done);
    else renderChunk(span, done);
    advanceTransport(span);
    state.outputFrame += <f64>span;
    done += span;
  }
  monitor(0, count);
}
