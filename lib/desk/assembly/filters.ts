// A strip's high-pass, low-pass and equaliser: units of sections that are switched, moved and left out.

import {
  designBell,
  designHighPass,
  designHighPassOne,
  designHighShelf,
  designLowPass,
  designLowPassOne,
  designLowShelf,
  designNotch,
  designTilt,
} from '../../dsp/response/design';
import { butterworthQuality } from '../../dsp/response/butterworth';
import { stripAt, unitAt } from './access';
import { clearState, energyAt, runMoving, runSections, storeGoal, takeGoal } from './biquad';
import { blend } from './gain';
import {
  EQ_BANDS,
  SLOPE_TABLE,
  STRIP_EQ_1_FREQ,
  STRIP_EQ_1_GAIN,
  STRIP_EQ_1_ON,
  STRIP_EQ_1_Q,
  STRIP_EQ_1_TYPE,
  STRIP_EQ_2_ON,
  STRIP_EQ_ON,
  STRIP_HPF_FREQ,
  STRIP_HPF_ON,
  STRIP_HPF_SLOPE,
  STRIP_LPF_FREQ,
  STRIP_LPF_ON,
  STRIP_LPF_SLOPE,
} from './generated/parameters';
import { LIST, SCRATCH } from './layout';
import { SECTION_BYTES } from './section-record';
import { Strip, Unit, UNIT_SECTIONS, UNITS } from './strip-record';
import { decibelsToGain, SAMPLE_RATE, SWITCH_FRAMES, toward } from './units';
import { anyChanged, changedAmong, isOn, targetOf, valueOf } from './values';

const HIGH_PASS: i32 = 0;
const LOW_PASS: i32 = 1;
const FIRST_BAND: i32 = 2;
const BAND_STRIDE: i32 = STRIP_EQ_2_ON - STRIP_EQ_1_ON;

const BELL: i32 = 0;
const LOW_SHELF: i32 = 1;
const HIGH_SHELF: i32 = 2;
const NOTCH: i32 = 3;

@inline
function sectionAt(unit: Unit, index: i32): usize {
  return changetype<usize>(unit) + UNIT_SECTIONS + <usize>index * SECTION_BYTES;
}

/** Radians per sample of a frequency kept as its logarithm. */
@inline
function angle(logarithm: f64): f64 {
  return (2.0 * Math.PI * Math.exp(logarithm)) / SAMPLE_RATE;
}

/** A Butterworth of the slope's order: pairs of poles, and a single one where the order is odd. */
function designPass(unit: Unit, high: bool, w: f64, slope: i32): void {
  const order = <i32>(load<f64>(SLOPE_TABLE + (<usize>slope << 3)) / 6.0);
  const pairs = order >> 1;
  for (let i = 0; i < pairs; i++) {
    const q = butterworthQuality(<f64>order, <f64>i);
    if (high) designHighPass(w, q);
    else designLowPass(w, q);
    storeGoal(sectionAt(unit, i));
  }
  unit.sections = (order + 1) >> 1;
  if ((order & 1) == 0) return;
  if (high) designHighPassOne(w);
  else designLowPassOne(w);
  storeGoal(sectionAt(unit, pairs));
}

function designBand(unit: Unit, type: i32, w: f64, q: f64, decibels: f64): void {
  const gain = decibelsToGain(decibels);
  if (type == BELL) designBell(w, q, gain);
  else if (type == LOW_SHELF) designLowShelf(w, q, gain);
  else if (type == HIGH_SHELF) designHighShelf(w, q, gain);
  else if (type == NOTCH) designNotch(w, q);
  else designTilt(w, gain);
  unit.sections = 1;
  storeGoal(sectionAt(unit, 0));
}

@inline
function bandRow(index: i32, row: i32): i32 {
  return row + (index - FIRST_BAND) * BAND_STRIDE;
}

/** Whether a unit should be in the path. A band that lifts nothing is not: it costs nothing. */
function wantedOn(values: usize, index: i32): bool {
  if (index == HIGH_PASS) return isOn(values, STRIP_HPF_ON);
  if (index == LOW_PASS) return isOn(values, STRIP_LPF_ON);
  if (!isOn(values, STRIP_EQ_ON) || !isOn(values, bandRow(index, STRIP_EQ_1_ON))) return false;
  const gain = bandRow(index, STRIP_EQ_1_GAIN);
  return wantedShape(values, index) == NOTCH || valueOf(values, gain) != 0.0 || targetOf(values, gain) != 0.0;
}

/** The slope or the type a unit should have. */
function wantedShape(values: usize, index: i32): i32 {
  if (index == HIGH_PASS) return <i32>valueOf(values, STRIP_HPF_SLOPE);
  if (index == LOW_PASS) return <i32>valueOf(values, STRIP_LPF_SLOPE);
  return <i32>valueOf(values, bandRow(index, STRIP_EQ_1_TYPE));
}

function design(values: usize, index: i32, unit: Unit): void {
  if (index == HIGH_PASS) return designPass(unit, true, angle(valueOf(values, STRIP_HPF_FREQ)), unit.shape);
  if (index == LOW_PASS) return designPass(unit, false, angle(valueOf(values, STRIP_LPF_FREQ)), unit.shape);
  const w = angle(valueOf(values, bandRow(index, STRIP_EQ_1_FREQ)));
  const q = Math.exp(valueOf(values, bandRow(index, STRIP_EQ_1_Q)));
  designBand(unit, unit.shape, w, q, valueOf(values, bandRow(index, STRIP_EQ_1_GAIN)));
}

function changed(values: usize, index: i32): bool {
  if (!anyChanged(values)) return false;
  if (index == HIGH_PASS) return changedAmong(values, STRIP_HPF_ON, 3);
  if (index == LOW_PASS) return changedAmong(values, STRIP_LPF_ON, 3);
  return changedAmong(values, bandRow(index, STRIP_EQ_1_ON), BAND_STRIDE);
}

/** Puts a unit into the path afresh, in its wanted shape, with nothing ringing. */
function beginUnit(values: usize, index: i32, unit: Unit): void {
  unit.shape = wantedShape(values, index);
  design(values, index, unit);
  for (let i = 0; i < unit.sections; i++) {
    takeGoal(sectionAt(unit, i));
    clearState(sectionAt(unit, i));
  }
  unit.moving = 0;
}

export function resetUnits(strip: Strip, values: usize): void {
  for (let index = 0; index < UNITS; index++) {
    const unit = unitAt(strip, index);
    unit.amount = wantedOn(values, index) ? 1.0 : 0.0;
    beginUnit(values, index, unit);
  }
}

/** A unit that moves or fades: section by section, mixed with what came in. */
function runChanging(unit: Unit, buffer: usize, frames: i32, goal: f64): void {
  const fades = unit.amount != 1.0 || goal != 1.0;
  if (fades) memory.copy(SCRATCH, buffer, <usize>frames << 4);
  for (let i = 0; i < unit.sections; i++) runMoving(sectionAt(unit, i), buffer, frames);
  unit.moving = 0;
  if (fades) blend(SCRATCH, buffer, frames, 1.0 - unit.amount, 1.0 - goal);
  unit.amount = goal;
}

/** Units from `first` up to `last` in their order; settled ones wait in a list so as to run together. */
function processUnits(strip: Strip, values: usize, buffer: usize, frames: i32, first: i32, last: i32): void {
  let waiting = 0;
  for (let index = first; index < last; index++) {
    const unit = unitAt(strip, index);
    const on = wantedOn(values, index);
    if (!on && unit.amount == 0.0) continue;
    if (unit.amount == 0.0) beginUnit(values, index, unit);
    const same = unit.shape == wantedShape(values, index);
    if (same && changed(values, index)) {
      design(values, index, unit);
      unit.moving = 1;
    }
    const goal = toward(unit.amount, on && same ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
    if (!unit.moving && unit.amount == 1.0 && goal == 1.0) {
      for (let i = 0; i < unit.sections; i++) store<u32>(LIST + (<usize>(waiting + i) << 2), <u32>sectionAt(unit, i));
      waiting += unit.sections;
      continue;
    }
    runSections(LIST, waiting, buffer, frames);
    waiting = 0;
    runChanging(unit, buffer, frames, goal);
  }
  runSections(LIST, waiting, buffer, frames);
}

export function processFilters(strip: Strip, values: usize, buffer: usize, frames: i32): void {
  processUnits(strip, values, buffer, frames, HIGH_PASS, FIRST_BAND);
}

export function processEqualiser(strip: Strip, values: usize, buffer: usize, frames: i32): void {
  processUnits(strip, values, buffer, frames, FIRST_BAND, FIRST_BAND + EQ_BANDS);
}

/** Gain in dB at `hertz` of the filters and bands of a strip that are in the path, from the coefficients in use. */
export function responseOf(index: i32, hertz: f64): f64 {
  const strip = stripAt(index);
  const w = (2.0 * Math.PI * hertz) / SAMPLE_RATE;
  let energy = 1.0;
  for (let i = 0; i < UNITS; i++) {
    const unit = unitAt(strip, i);
    if (unit.amount == 0.0) continue;
    for (let j = 0; j < unit.sections; j++) energy *= energyAt(sectionAt(unit, j), w);
  }
  return 10.0 * Math.log10(Math.max(energy, 1e-24));
}
