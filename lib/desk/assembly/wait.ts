// Waits on the ways from strip to strip, so that sounds which took different ways meet again as they parted.

import { sendAt, stripAt } from './access';
import { delayChunk, isStraight, resetLine } from './line';
import { Line } from './line-record';
import { Send, SEND_WAIT } from './send-record';
import { CHUNK } from './sizes';
import { Strip, STRIP_INPUT_WAIT, STRIP_KEY_WAIT, STRIP_WAIT } from './strip-record';

/** Frames of a line: a power of two. */
const PLACES: i32 = 4096;
export const WAIT_BYTES: usize = <usize>PLACES << 4;
/** Frames a way can wait at most. */
export const LONGEST_WAIT: i32 = PLACES - CHUNK;

@inline
function lineOf(strip: Strip): Line {
  return changetype<Line>(changetype<usize>(strip) + STRIP_WAIT);
}

@inline
function inputLineOf(strip: Strip): Line {
  return changetype<Line>(changetype<usize>(strip) + STRIP_INPUT_WAIT);
}

@inline
function keyLineOf(strip: Strip): Line {
  return changetype<Line>(changetype<usize>(strip) + STRIP_KEY_WAIT);
}

@inline
function sendLine(send: Send): Line {
  return changetype<Line>(changetype<usize>(send) + SEND_WAIT);
}

@inline
function ring(address: i32): usize {
  return <usize>(<u32>address);
}

/** The way to a strip's output waits from now on; at once where it goes nowhere yet. */
export function setOutputWait(index: i32, frames: i32, address: i32): void {
  const strip = stripAt(index);
  if (address == 0) return;
  strip.waitLine = address;
  strip.wait = min(max(frames, 0), LONGEST_WAIT);
  if (strip.output < 0) resetOutputWait(strip);
}

/** What goes into a strip waits from now on, for what its compressor listens to is later; at once where it is not heard yet. */
export function setInputWait(index: i32, frames: i32, address: i32): void {
  const strip = stripAt(index);
  if (address == 0) return;
  strip.inputLine = address;
  strip.inputWait = min(max(frames, 0), LONGEST_WAIT);
  if (strip.entry == 0.0) resetInputWait(strip);
}

/** What a strip's compressor listens to waits from now on, for the strip itself is later. */
export function setKeyWait(index: i32, frames: i32, address: i32): void {
  const strip = stripAt(index);
  if (address == 0) return;
  strip.keyLine = address;
  strip.keyWait = min(max(frames, 0), LONGEST_WAIT);
  if (strip.presence == 0.0) resetKeyWait(strip);
}

export function resetInputWait(strip: Strip): void {
  if (strip.inputLine != 0) resetLine(inputLineOf(strip), ring(strip.inputLine), PLACES, strip.inputWait);
}

export function resetKeyWait(strip: Strip): void {
  if (strip.keyLine != 0) resetLine(keyLineOf(strip), ring(strip.keyLine), PLACES, strip.keyWait);
}

/** Delays what goes into a strip, where it has to wait. */
export function inputChunk(strip: Strip, buffer: usize, frames: i32): void {
  if (strip.inputLine == 0 || isStraight(inputLineOf(strip), strip.inputWait)) return;
  delayChunk(inputLineOf(strip), ring(strip.inputLine), PLACES, strip.inputWait, buffer, buffer, frames);
}

/** What a strip's compressor listens to: `key` itself, or at `late` what it was, where it has to wait. */
export function keyChunk(strip: Strip, key: usize, late: usize, frames: i32): usize {
  if (strip.keyLine == 0 || isStraight(keyLineOf(strip), strip.keyWait)) return key;
  delayChunk(keyLineOf(strip), ring(strip.keyLine), PLACES, strip.keyWait, key, late, frames);
  return late;
}

/** A new send does not wait, whatever the one before it in its slot did. */
export function initSendWait(send: Send): void {
  send.wait = 0;
  send.waitLine = 0;
  send.unheard = 0;
  resetLine(sendLine(send), 0, PLACES, 0);
}

/** The way of a send waits from now on; at once where nothing has gone it yet. */
export function setSendWait(index: i32, frames: i32, address: i32): void {
  const send = sendAt(index);
  if (address == 0) return;
  send.waitLine = address;
  send.wait = min(max(frames, 0), LONGEST_WAIT);
  if (send.preGain == 0.0 && send.postGain == 0.0) resetSendWait(send);
}

export function resetOutputWait(strip: Strip): void {
  strip.unheard = 0;
  if (strip.waitLine != 0) resetLine(lineOf(strip), ring(strip.waitLine), PLACES, strip.wait);
}

export function resetSendWait(send: Send): void {
  send.unheard = 0;
  if (send.waitLine != 0) resetLine(sendLine(send), ring(send.waitLine), PLACES, send.wait);
}

@inline
export function outputWaits(strip: Strip): bool {
  return strip.waitLine != 0 && !isStraight(lineOf(strip), strip.wait);
}

@inline
export function sendWaits(send: Send): bool {
  return send.waitLine != 0 && !isStraight(sendLine(send), send.wait);
}

export function outputChunk(strip: Strip, from: usize, to: usize, frames: i32): void {
  delayChunk(lineOf(strip), ring(strip.waitLine), PLACES, strip.wait, from, to, frames);
}

export function sendChunk(send: Send, buffer: usize, frames: i32): void {
  delayChunk(sendLine(send), ring(send.waitLine), PLACES, send.wait, buffer, buffer, frames);
}

/** The longest wait of what leaves a strip: for so long it is still heard after it has faded out. */
export function longestWaitOf(strip: Strip): i32 {
  let longest = outputWaits(strip) ? max(strip.wait, lineOf(strip).delay) : 0;
  for (let index = strip.firstSend; index >= 0; index = sendAt(index).next) {
    const send = sendAt(index);
    if (sendWaits(send)) longest = max(longest, max(send.wait, sendLine(send).delay));
  }
  return longest;
}
