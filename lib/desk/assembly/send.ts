// Sends: what of a strip also goes to an aux.

import { bufferAt, desk, sendAt, stripAt } from './access';
import { SEND_COUNT, SEND_FIRST, SEND_LEVEL, SEND_PRE } from './generated/parameters';
import { addScaled } from './gain';
import { BUFFER_BYTES, SCRATCH } from './layout';
import { Send, SEND_VALUES } from './send-record';
import { Strip } from './strip-record';
import { SWITCH_FRAMES, toward } from './units';
import { initSendWait, resetSendWait, sendChunk, sendWaits } from './wait';
import { advanceValues, initValues, isOn, snapValues, valueOf } from './values';

function unlink(index: i32): void {
  const send = sendAt(index);
  const strip = stripAt(send.from);
  if (strip.firstSend == index) strip.firstSend = send.next;
  else {
    let before = strip.firstSend;
    while (before >= 0 && sendAt(before).next != index) before = sendAt(before).next;
    if (before >= 0) sendAt(before).next = send.next;
  }
}

/** Takes a send away at once. */
function dropSend(index: i32): void {
  if (!sendAt(index).used) return;
  unlink(index);
  sendAt(index).used = 0;
}

/** Lets a send fade out and go. */
export function removeSend(index: i32): void {
  sendAt(index).leaving = 1;
}

/** Takes all sends of a strip away at once. */
export function dropSends(strip: Strip): void {
  while (strip.firstSend >= 0) dropSend(strip.firstSend);
}

/** Makes a send; it fades in, as soon as the order it was made for counts. */
export function addSend(index: i32, from: i32, to: i32): void {
  const send = sendAt(index);
  dropSend(index);
  send.leaving = 0;
  send.early = 1;
  send.presence = 0.0;
  send.used = 1;
  send.from = from;
  send.to = to;
  send.next = stripAt(from).firstSend;
  stripAt(from).firstSend = index;
  send.preGain = 0.0;
  send.postGain = 0.0;
  initValues(changetype<usize>(send) + SEND_VALUES, SEND_FIRST, SEND_COUNT);
  send.preAmount = 0.0;
  initSendWait(send);
}

export function resetSend(send: Send): void {
  const values = changetype<usize>(send) + SEND_VALUES;
  snapValues(values, SEND_COUNT);
  send.preAmount = isOn(values, SEND_PRE) ? 1.0 : 0.0;
  send.early = 0;
  send.presence = send.leaving ? 0.0 : 1.0;
  const level = valueOf(values, SEND_LEVEL) * send.presence;
  send.preGain = level * send.preAmount;
  send.postGain = level * (1.0 - send.preAmount);
  resetSendWait(send);
}

function contribute(buffer: usize, to: i32, frames: i32, from: f64, goal: f64): void {
  if (from != 0.0 || goal != 0.0) addScaled(buffer, bufferAt(to), frames, from, goal);
}

/** A strip's sound before its fader, kept for those of its sends that wait. */
const BEFORE_FADER: usize = SCRATCH + 5 * BUFFER_BYTES;
const ON_ITS_WAY: usize = SCRATCH + 6 * BUFFER_BYTES;

/** Moves the sends of a strip on and gives the auxes what comes before its fader. */
export function sendBeforeFader(strip: Strip, buffer: usize, frames: i32): void {
  for (let index = strip.firstSend; index >= 0; index = sendAt(index).next) {
    const send = sendAt(index);
    const values = changetype<usize>(send) + SEND_VALUES;
    advanceValues(values, SEND_FIRST, SEND_COUNT, frames);
    send.preAmount = toward(send.preAmount, isOn(values, SEND_PRE) ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
    if (!desk().orderWaits) send.early = 0;
    send.presence = toward(send.presence, (send.leaving | send.early) != 0 ? 0.0 : 1.0, <f64>frames / <f64>SWITCH_FRAMES);
    const goal = valueOf(values, SEND_LEVEL) * send.presence * send.preAmount;
    if (!sendWaits(send)) contribute(buffer, send.to, frames, send.preGain, goal);
    else if (send.preGain != 0.0 || goal != 0.0) memory.copy(BEFORE_FADER, buffer, <usize>frames << 4);
    send.preBefore = send.preGain;
    send.preGain = goal;
  }
}

/** What of a strip goes into a send that waits, and what comes out of it. */
function contributeLate(send: Send, buffer: usize, frames: i32, postGoal: f64): void {
  memory.fill(ON_ITS_WAY, 0, <usize>frames << 4);
  if (send.preBefore != 0.0 || send.preGain != 0.0) addScaled(BEFORE_FADER, ON_ITS_WAY, frames, send.preBefore, send.preGain);
  if (send.postGain != 0.0 || postGoal != 0.0) addScaled(buffer, ON_ITS_WAY, frames, send.postGain, postGoal);
  sendChunk(send, ON_ITS_WAY, frames);
  addScaled(ON_ITS_WAY, bufferAt(send.to), frames, 1.0, 1.0);
}

/** Whether a send that leaves has faded out, and all that was on its way has come. */
function isGone(send: Send, frames: i32): bool {
  if (!send.leaving || send.presence > 0.0) return false;
  send.unheard += frames;
  return !sendWaits(send) || send.unheard > send.wait + frames;
}

/** Gives the auxes what comes after the fader. */
export function sendAfterFader(strip: Strip, buffer: usize, frames: i32): void {
  let index = strip.firstSend;
  while (index >= 0) {
    const send = sendAt(index);
    const goal = valueOf(changetype<usize>(send) + SEND_VALUES, SEND_LEVEL) * send.presence * (1.0 - send.preAmount);
    if (sendWaits(send)) contributeLate(send, buffer, frames, goal);
    else contribute(buffer, send.to, frames, send.postGain, goal);
    send.postGain = goal;
    const gone = isGone(send, frames) ? index : -1;
    index = send.next;
    if (gone >= 0) dropSend(gone);
  }
}
