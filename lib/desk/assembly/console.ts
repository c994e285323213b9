// One block of the whole desk.

import { bufferAt, desk, sendAt, stripAt } from './access';
import { finishListening, listenSilence, prepareListening } from './listen';
import { prepareMeters } from './meters';
import { lanesLimit, moveLanes, placeLanes } from './lanes';
import { MAX_BLOCK, LISTEN, MAX_FRAMES, MAX_SENDS, MAX_STRIPS, MIX, REFERENCE_OUT } from './layout';
import { processMaster, resetMaster } from './master';
import { monitor } from './monitor';
import { applyDue, drain, framesUntilDue } from './operations';
import { advanceOrder, ordered, takeOrder } from './order';
import { referenceSilence, renderReference } from './reference';
import { resetSend } from './send';
import { framesFor, slew } from './slew';
import { CHUNK } from './sizes';
import { NOWHERE, State } from './state-record';
import { processStrip, resetStrip } from './strip';
import { advanceWeighing } from './strip-loudness';
import { STEM, VCA } from './strip-record';
import { advanceTransport, atRest, beginSeek, beginStart, checkReady, chunkPosition, transportLimit } from './transport';

/** Longer than the longest echo: 15 s. */
const LONGEST_SILENCE: i32 = 720_000;

/** Puts every processor back to its beginning. */
function resetAll(): void {
  const state = desk();
  if (state.orderWaits) takeOrder(state);
  for (let i = 0; i < MAX_STRIPS; i++) if (stripAt(i).used && stripAt(i).kind == VCA) resetStrip(i);
  for (let i = 0; i < MAX_STRIPS; i++) if (stripAt(i).used && stripAt(i).kind != VCA) resetStrip(i);
  for (let i = 0; i < MAX_SENDS; i++) if (sendAt(i).used) resetSend(sendAt(i));
  resetMaster();
}

/** `frames` at most `CHUNK`, written to the mix from frame `at` on. */
function renderChunk(frames: i32, at: i32): void {
  const state = desk();
  advanceOrder(state);
  prepareMeters(frames);
  prepareListening(frames);
  for (let place = 0; place < state.orderCount; place++) {
    const index = ordered(place);
    if (stripAt(index).kind != STEM) memory.fill(bufferAt(index), 0, <usize>frames << 4);
  }
  for (let place = 0; place < state.orderCount; place++) if (stripAt(ordered(place)).used) processStrip(ordered(place), frames);
  processMaster(frames, at);
  finishListening(frames, at);
  renderReference(frames, at);
  advanceWeighing(frames);
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
  listenSilence(frames, at);
  referenceSilence(frames, at);
}

/** Brings what was rendered beyond the end of the last block to the beginning of the mix; its frames. */
function takeCarried(state: State): i32 {
  carry(MIX, state);
  carry(LISTEN, state);
  carry(REFERENCE_OUT, state);
  return state.carried;
}

function carry(area: usize, state: State): void {
  const from = area + (<usize>state.carriedFrom << 2);
  const side = <usize>MAX_FRAMES << 2;
  const bytes = <usize>state.carried << 2;
  memory.copy(area, from, bytes);
  memory.copy(area + side, from + side, bytes);
}

/**
 * The longest chunk now. While the song plays, chunks end at whole multiples of their length in the song: then they are the same
 * whatever the blocks of the output are, and what moves in the mix moves everywhere alike. The last one may end beyond the block.
 */
function chunkLimit(state: State, left: i32): i32 {
  return state.playing ? CHUNK - (state.position & (CHUNK - 1)) : min(CHUNK, left);
}

/** Makes the next `frames` (at most `MAX_BLOCK`) of the output, and of the mix as many as these need. */
export function process(frames: i32): void {
  const state = desk();
  drain();
  const delivered = min(frames, MAX_BLOCK);
  const count = framesFor(delivered);
  let done = takeCarried(state);
  while (done < count) {
    applyDue();
    if (beginStart()) {
      placeLanes(state.position);
      resetAll();
    }
    beginSeek();
    const span = lanesLimit(transportLimit(framesUntilDue(chunkLimit(state, count - done))));
    checkReady(span);
    if (sleeps(span)) writeSilence(span, done);
    else {
      moveLanes(span);
      renderChunk(span, done);
    }
    advanceTransport(span);
    state.outputFrame += <f64>span;
    done += span;
  }
  state.carriedFrom = count;
  state.carried = done - count;
  monitor(count);
  slew(count, delivered);
}
