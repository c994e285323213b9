// A channel of the console: from its stem, or from what flows into it, to its output.

import { bufferAt, desk, monitorState, stripAt, sourceAt, watchAt } from './access';
import { processEqualiser, processFilters, resetUnits } from './filters';
import { applyWidth, addScaled, applyGain } from './gain';
import { STRIP_COUNT, STRIP_FADER, STRIP_FIRST, STRIP_MUTE, STRIP_POLARITY, STRIP_TRIM, STRIP_WIDTH } from './generated/parameters';
import { chainBegin, commitChain, processChain, resetChain } from './insert';
import { MAX_SOURCES, MAX_STRIPS } from './layout';
import { listenAfter, listenBefore } from './listen';
import { measureStrip } from './meters';
import { resetPan, applyPan } from './placing';
import { processSaturation, resetSaturation } from './saturation';
import { dropSends, sendAfterFader, sendBeforeFader } from './send';
import { processStripDelay, resetStripDelay } from './strip-delay';
import { findKeyed, processComp, processGate, resetDynamics, silenceKey, tapKey } from './strip-dynamics';
import { weighStrip } from './strip-loudness';
import { MASTER, STEM, Strip, STRIP_BYTES, STRIP_VALUES, VCA } from './strip-record';
import { tapStrip } from './tap';
import { TAP_AFTER, TAP_BEFORE } from './tap-record';
import { readStem } from './transport';
import { decibelsToGain, SWITCH_FRAMES, toward } from './units';
import { inputChunk, longestWaitOf, outputChunk, outputWaits, resetInputWait, resetKeyWait, resetOutputWait } from './wait';
import { advanceValues, anyChanged, initValues, isOn, snapValues, valueOf } from './values';
import { followVcas, initVcas, processVca, resetVca, settleVcas } from './vca';
import { WATCH_BYTES } from './watch-record';

@inline
function valuesOf(strip: Strip): usize {
  return changetype<usize>(strip) + STRIP_VALUES;
}

/** Makes a strip, silent until it has an output; it fades in. */
export function addStrip(index: i32, kind: i32): void {
  const strip = stripAt(index);
  if (strip.used) dropStrip(index);
  memory.fill(changetype<usize>(strip), 0, STRIP_BYTES);
  memory.fill(changetype<usize>(watchAt(index)), 0, WATCH_BYTES);
  strip.used = 1;
  strip.firstSend = -1;
  strip.audible = 1;
  strip.kind = kind;
  strip.source = -1;
  strip.wantedSource = -1;
  strip.output = -1;
  strip.wantedOutput = -1;
  strip.key = -1;
  initValues(valuesOf(strip), STRIP_FIRST, STRIP_COUNT);
  resetSaturation(index, valuesOf(strip));
  initVcas(strip);
  if (kind == VCA) resetVca(strip, valuesOf(strip));
  findKeyed();
  if (kind == MASTER) desk().master = index;
  strip.presence = 0.0;
  strip.entry = 0.0;
  strip.chainEntry = 0.0;
}

/** What a strip plays, −1 for nothing; changed while it is faded out. */
export function setStripSource(strip: Strip, source: i32): void {
  if (source < MAX_SOURCES) strip.wantedSource = max(source, -1);
}

/** Where a strip goes, −1 for nowhere; changed while it is faded out. */
export function setStripOutput(strip: Strip, output: i32): void {
  if (output < MAX_STRIPS) strip.wantedOutput = max(output, -1);
}

/** Lets a strip fade out and go. */
export function removeStrip(index: i32): void {
  const strip = stripAt(index);
  strip.leaving = 1;
  if (strip.presence == 0.0) dropStrip(index);
}

export function dropStrip(index: i32): void {
  const strip = stripAt(index);
  dropSends(strip);
  chainBegin(strip);
  commitChain(strip);
  strip.used = 0;
  silenceKey(index);
  if (desk().master == index) desk().master = -1;
}

@inline
function isMono(strip: Strip): bool {
  return strip.kind == STEM && (strip.source < 0 || sourceAt(strip.source).channels != 2);
}

/** Everything at its target, and nothing left of what was heard before. VCAs are to be reset before what follows them. */
export function resetStrip(index: i32): void {
  const strip = stripAt(index);
  const values = valuesOf(strip);
  snapValues(values, STRIP_COUNT);
  if (strip.kind == VCA) return resetVca(strip, values);
  commitChain(strip);
  if (!desk().orderWaits) strip.output = strip.wantedOutput;
  strip.source = strip.wantedSource;
  strip.presence = strip.leaving ? 0.0 : 1.0;
  strip.entry = 1.0;
  strip.chainEntry = 1.0;
  strip.trim = decibelsToGain(valueOf(values, STRIP_TRIM));
  strip.polarity = isOn(values, STRIP_POLARITY) ? -1.0 : 1.0;
  strip.mute = isOn(values, STRIP_MUTE) ? 0.0 : 1.0;
  strip.heard = strip.audible ? 1.0 : 0.0;
  settleVcas(strip);
  strip.fader = valueOf(values, STRIP_FADER) * strip.vcaFader;
  strip.width = valueOf(values, STRIP_WIDTH) / 100.0;
  resetPan(strip, values, isMono(strip), strip.mute * strip.vcaMute * strip.heard);
  resetStripDelay(strip, values);
  resetChain(strip);
  resetUnits(strip, values);
  resetDynamics(index, strip, values);
  resetOutputWait(strip);
  resetInputWait(strip);
  resetKeyWait(strip);
  resetSaturation(index, values);
}

function processInput(strip: Strip, values: usize, buffer: usize, frames: i32): void {
  const trim = anyChanged(values) ? decibelsToGain(valueOf(values, STRIP_TRIM)) : strip.trim;
  const before = strip.trim * strip.polarity;
  strip.polarity = toward(strip.polarity, isOn(values, STRIP_POLARITY) ? -1.0 : 1.0, (2.0 * <f64>frames) / <f64>SWITCH_FRAMES);
  strip.trim = trim;
  const after = trim * strip.polarity;
  applyGain(buffer, frames, before, before, after, after);
}

/** Gives a strip what goes in: a new one never begins with an edge. Returns how far it is let in. */
function enter(buffer: usize, frames: i32, before: f64, open: bool): f64 {
  const after = toward(before, open ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
  applyGain(buffer, frames, before, before, after, after);
  return after;
}

/** Moves the switches that shape the strip's level on by a chunk; the product of them at its end. */
function movePasses(strip: Strip, values: usize, frames: i32): f64 {
  const step = <f64>frames / <f64>SWITCH_FRAMES;
  strip.mute = toward(strip.mute, isOn(values, STRIP_MUTE) ? 0.0 : 1.0, step);
  strip.heard = toward(strip.heard, strip.audible ? 1.0 : 0.0, step);
  const changing = strip.leaving != 0 || strip.chainStale != 0 || strip.output != strip.wantedOutput || strip.source != strip.wantedSource;
  const before = strip.presence;
  strip.presence = toward(before, changing ? 0.0 : 1.0, step);
  // A chunk in which it has faded out was heard.
  strip.unheard = before == 0.0 && strip.presence == 0.0 ? strip.unheard + frames : 0;
  return strip.mute * strip.vcaMute * strip.heard * strip.presence;
}

function processPan(strip: Strip, values: usize, buffer: usize, frames: i32, pass: f64): void {
  const mono = isMono(strip);
  const width = valueOf(values, STRIP_WIDTH) / 100.0;
  if (!mono || strip.chainCount > 0) applyWidth(buffer, frames, strip.width, width);
  strip.width = width;
  applyPan(strip, values, buffer, frames, mono, pass);
}

/** Once the strip is silent, does what would click: another stem, another route, another chain of inserts, leaving. */
function changeUnheard(index: i32, strip: Strip): void {
  // What has left it before may still be on its way.
  if (strip.presence > 0.0 || strip.unheard < longestWaitOf(strip)) return;
  strip.source = strip.wantedSource;
  commitChain(strip);
  // Where the order is to change too, the ways change with it.
  if (desk().orderWaits) return;
  if (strip.leaving) dropStrip(index);
  else reroute(strip);
}

/** Leads a strip that is not heard to where it is wanted. */
export function reroute(strip: Strip): void {
  strip.output = strip.wantedOutput;
  resetOutputWait(strip);
}

/** Adds what a strip gives to where it goes, later where that way waits. */
function giveOutput(strip: Strip, buffer: usize, frames: i32): void {
  if (outputWaits(strip)) outputChunk(strip, buffer, buffer, frames);
  addScaled(buffer, bufferAt(strip.output), frames, 1.0, 1.0);
}

/** What is told of a strip's sound: levels, loudness, the samples themselves. */
export function observeStrip(index: i32, strip: Strip, buffer: usize, frames: i32): void {
  measureStrip(index, strip, buffer, frames);
  weighStrip(index, buffer, frames);
  tapStrip(index, TAP_AFTER, buffer, frames);
}

/** One chunk of a strip: its buffer goes from what flows in to what it gives, which is then added to where it goes. */
export function processStrip(index: i32, frames: i32): void {
  const strip = stripAt(index);
  const values = valuesOf(strip);
  const buffer = bufferAt(index);
  if (strip.kind == VCA) {
    advanceValues(values, STRIP_FIRST, STRIP_COUNT, frames);
    return processVca(strip, values, frames);
  }
  if (strip.kind == STEM) {
    if (strip.source >= 0) readStem(strip.source, frames, buffer);
    else memory.fill(buffer, 0, <usize>frames << 4);
  }
  advanceValues(values, STRIP_FIRST, STRIP_COUNT, frames);
  followVcas(strip, frames);
  strip.entry = enter(buffer, frames, strip.entry, strip.source == strip.wantedSource);
  inputChunk(strip, buffer, frames);
  const pass = movePasses(strip, values, frames);
  monitorState().presence = strip.presence;
  processInput(strip, values, buffer, frames);
  processStripDelay(strip, values, buffer, frames);
  tapStrip(index, TAP_BEFORE, buffer, frames);
  processFilters(strip, values, buffer, frames);
  processGate(index, strip, values, buffer, frames);
  processEqualiser(strip, values, buffer, frames);
  tapKey(index, strip, buffer, frames);
  processComp(index, strip, values, buffer, frames);
  processSaturation(index, values, buffer, frames);
  processChain(strip, buffer, frames);
  listenBefore(index, strip, buffer, frames);
  processPan(strip, values, buffer, frames, pass);
  if (!measureBeforeSends(index, strip, buffer, frames)) return;
  const fader = valueOf(values, STRIP_FADER) * strip.vcaFader;
  applyGain(buffer, frames, strip.fader, strip.fader, fader, fader);
  strip.fader = fader;
  // The master is measured and looked at where it becomes the mix.
  if (strip.kind != MASTER) observeStrip(index, strip, buffer, frames);
  listenAfter(index, buffer, frames);
  sendAfterFader(strip, buffer, frames);
  if (strip.kind != MASTER && strip.output >= 0 && strip.output < MAX_STRIPS) giveOutput(strip, buffer, frames);
  changeUnheard(index, strip);
}

/** 0 times whatever is a number. */
@inline
function naught(at: usize): v128 {
  return f64x2.mul(v128.load(at), f64x2.splat(0.0));
}

/** Whether a chunk holds only numbers. */
function isSound(buffer: usize, frames: i32): bool {
  let sum = f64x2.splat(0.0);
  let other = f64x2.splat(0.0);
  const end = buffer + (<usize>frames << 4);
  let at = buffer;
  for (; at + 64 <= end; at += 64) {
    sum = f64x2.add(sum, f64x2.add(naught(at), naught(at + 16)));
    other = f64x2.add(other, f64x2.add(naught(at + 32), naught(at + 48)));
  }
  for (; at < end; at += 16) sum = f64x2.add(sum, naught(at));
  sum = f64x2.add(sum, other);
  return f64x2.extract_lane(sum, 0) == 0.0 && f64x2.extract_lane(sum, 1) == 0.0;
}

/** Gives the sends before the fader their part; a strip gone wrong is silenced before anything of it can spread. */
function measureBeforeSends(index: i32, strip: Strip, buffer: usize, frames: i32): bool {
  if (isSound(buffer, frames)) {
    sendBeforeFader(strip, buffer, frames);
    return true;
  }
  const state = desk();
  state.invalidEvents++;
  state.invalidStrip = index;
  memory.fill(buffer, 0, <usize>frames << 4);
  silenceKey(index);
  resetStrip(index);
  if (strip.kind != MASTER) measureStrip(index, strip, buffer, frames);
  return false;
}
