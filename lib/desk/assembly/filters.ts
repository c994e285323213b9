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
  STRIP_EQ_1_ON,
  STRIP_EQ_2_ON,
  STRIP_EQ_ON,
  STRIP_HPF_FREQ,
  STRIP_HPF_ON,
  STRIP_HPF_SLOPE,
  STRIP_LPF_FREQ,
  STRIP_LPF_ON,
  STRIP_LPF_SLOPE,
} from './generated/parameters';
import { BUFFER_BYTES, SCRATCH } from './layout';
import { SECTION_BYTES } from './section-record';
import { BAND_LIST, FILTER_LIST, LIST_BYTES, Strip, STRIP_UNITS, Unit, UNIT_BYTES, UNIT_SECTIONS, UNITS } from './strip-record';
import { decibelsToGain, SAMPLE_RATE, SWITCH_FRAMES, toward } from './units';
import { anyChanged, changedAmong, isOn, targetOf, valueOf } from './values';

const HIGH_PASS: i32 = 0;
const LOW_PASS: i32 = 1;
const FIRST_BAND: i32 = 2;
const BAND_STRIDE: i32 = STRIP_EQ_2_ON - STRIP_EQ_1_ON;
// A band's parameters, as they follow each other in the tables.
const BAND_ON: i32 = 0;
const BAND_TYPE: i32 = 1;
const BAND_FREQ: i32 = 2;
const BAND_GAIN: i32 = 3;
const BAND_Q: i32 = 4;
/** A unit's sound before it, while it fades; apart from where inserts keep theirs. */
const BEFORE: usize = SCRATCH + 3 * BUFFER_BYTES;

const BELL: i32 = 0;
const LOW_SHELF: i32 = 1;
const HIGH_SHELF: i32 = 2;
const NOTCH: i32 = 3;

@inline
function sectionAt(unit: Unit, index: i32): usize {
  return changetype<usize>(unit) + UNIT_SECTIONS + <usize>index * SECTION_BYTES;
}

@inline
function unitsOf(strip: Strip): usize {
  return changetype<usize>(strip) + STRIP_UNITS;
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

/** The place of a band's parameter; `rows` is that of the first band's switch. */
@inline
function bandRow(rows: i32, index: i32, parameter: i32): i32 {
  return rows + (index - FIRST_BAND) * BAND_STRIDE + parameter;
}

/** Whether a unit should be in the path. A band that lifts nothing is not: it costs nothing. */
function wantedOn(values: usize, rows: i32, on: bool, index: i32): bool {
  if (index == HIGH_PASS) return isOn(values, STRIP_HPF_ON);
  if (index == LOW_PASS) return isOn(values, STRIP_LPF_ON);
  if (!on || !isOn(values, bandRow(rows, index, BAND_ON))) return false;
  const gain = bandRow(rows, index, BAND_GAIN);
  return wantedShape(values, rows, index) == NOTCH || valueOf(values, gain) != 0.0 || targetOf(values, gain) != 0.0;
}

/** The slope or the type a unit should have. */
function wantedShape(values: usize, rows: i32, index: i32): i32 {
  if (index == HIGH_PASS) return <i32>valueOf(values, STRIP_HPF_SLOPE);
  if (index == LOW_PASS) return <i32>valueOf(values, STRIP_LPF_SLOPE);
  return <i32>valueOf(values, bandRow(rows, index, BAND_TYPE));
}

function design(values: usize, rows: i32, index: i32, unit: Unit): void {
  if (index == HIGH_PASS) return designPass(unit, true, angle(valueOf(values, STRIP_HPF_FREQ)), unit.shape);
  if (index == LOW_PASS) return designPass(unit, false, angle(valueOf(values, STRIP_LPF_FREQ)), unit.shape);
  const w = angle(valueOf(values, bandRow(rows, index, BAND_FREQ)));
  const q = Math.exp(valueOf(values, bandRow(rows, index, BAND_Q)));
  designBand(unit, unit.shape, w, q, valueOf(values, bandRow(rows, index, BAND_GAIN)));
}

function changed(values: usize, rows: i32, index: i32): bool {
  if (!anyChanged(values)) return false;
  if (index == HIGH_PASS) return changedAmong(values, STRIP_HPF_ON, 3);
  if (index == LOW_PASS) return changedAmong(values, STRIP_LPF_ON, 3);
  return changedAmong(values, bandRow(rows, index, BAND_ON), BAND_STRIDE);
}

/** Puts a unit into the path afresh, in its wanted shape, with nothing ringing. */
function beginUnit(values: usize, rows: i32, index: i32, unit: Unit): void {
  unit.shape = wantedShape(values, rows, index);
  design(values, rows, index, unit);
  for (let i = 0; i < unit.sections; i++) {
    takeGoal(sectionAt(unit, i));
    clearState(sectionAt(unit, i));
  }
  unit.moving = 0;
}

@inline
function unitOf(units: usize, index: i32): Unit {
  return changetype<Unit>(units + <usize>index * UNIT_BYTES);
}

function resetFrom(units: usize, values: usize, rows: i32, on: bool, first: i32): void {
  store<i32>(units + BAND_LIST, UNSETTLED);
  if (first == HIGH_PASS) store<i32>(units + FILTER_LIST, UNSETTLED);
  for (let index = first; index < FIRST_BAND + EQ_BANDS; index++) {
    const unit = unitOf(units, index);
    unit.amount = wantedOn(values, rows, on, index) ? 1.0 : 0.0;
    beginUnit(values, rows, index, unit);
  }
}

export function resetUnits(strip: Strip, values: usize): void {
  resetFrom(unitsOf(strip), values, STRIP_EQ_1_ON, isOn(values, STRIP_EQ_ON), HIGH_PASS);
}

/** A unit that moves or fades: section by section, mixed with what came in. */
function runChanging(unit: Unit, buffer: usize, frames: i32, goal: f64): void {
  const fades = unit.amount != 1.0 || goal != 1.0;
  if (fades) memory.copy(BEFORE, buffer, <usize>frames << 4);
  for (let i = 0; i < unit.sections; i++) runMoving(sectionAt(unit, i), buffer, frames);
  unit.moving = 0;
  if (fades) blend(BEFORE, buffer, frames, 1.0 - unit.amount, 1.0 - goal);
  unit.amount = goal;
}

/** What a list begins with while something of it moves; else by one more than the sections it holds. */
const UNSETTLED: i32 = 0;

/** Units from `first` up to `last` in their order; what is settled waits in a list so as to run together. */
function processMoving(units: usize, values: usize, rows: i32, eqOn: bool, buffer: usize, frames: i32, first: i32, last: i32, list: usize): void {
  let waiting = 0;
  let settled = true;
  for (let index = first; index < last; index++) {
    const unit = unitOf(units, index);
    const on = wantedOn(values, rows, eqOn, index);
    if (!on && unit.amount == 0.0) continue;
    if (unit.amount == 0.0) beginUnit(values, rows, index, unit);
    const same = unit.shape == wantedShape(values, rows, index);
    if (same && changed(values, rows, index)) {
      design(values, rows, index, unit);
      unit.moving = 1;
    }
    const goal = toward(unit.amount, on && same ? 1.0 : 0.0, <f64>frames / <f64>SWITCH_FRAMES);
    if (!unit.moving && unit.amount == 1.0 && goal == 1.0) {
      for (let i = 0; i < unit.sections; i++) store<u32>(list + (<usize>(waiting + i) << 2), <u32>sectionAt(unit, i), 4);
      waiting += unit.sections;
      continue;
    }
    runSections(list + 4, waiting, buffer, frames);
    waiting = 0;
    settled = false;
    runChanging(unit, buffer, frames, goal);
  }
  runSections(list + 4, waiting, buffer, frames);
  store<i32>(list, settled ? waiting + 1 : UNSETTLED);
}

/** The same; while no value changes and nothing moves, what ran last runs again without a look at the units. */
function processUnits(units: usize, values: usize, rows: i32, eqOn: bool, buffer: usize, frames: i32, first: i32, last: i32): void {
  const list = units + (first == FIRST_BAND ? BAND_LIST : FILTER_LIST);
  const settled = load<i32>(list);
  if (settled == UNSETTLED || anyChanged(values)) processMoving(units, values, rows, eqOn, buffer, frames, first, last, list);
  else runSections(list + 4, settled - 1, buffer, frames);
}

export function processFilters(strip: Strip, values: usize, buffer: usize, frames: i32): void {
  processUnits(unitsOf(strip), values, STRIP_EQ_1_ON, false, buffer, frames, HIGH_PASS, FIRST_BAND);
}

export function processEqualiser(strip: Strip, values: usize, buffer: usize, frames: i32): void {
  const on = isOn(values, STRIP_EQ_ON);
  processUnits(unitsOf(strip), values, STRIP_EQ_1_ON, on, buffer, frames, FIRST_BAND, FIRST_BAND + EQ_BANDS);
}

/** Memory of an equaliser that stands alone: its bands, and the list of what runs. */
export const EQUALISER_BYTES: usize = <usize>EQ_BANDS * UNIT_BYTES + LIST_BYTES;

/** An equaliser at `bands`; `rows` is the place of the first band's switch among its parameters. */
export function resetBands(bands: usize, values: usize, rows: i32): void {
  resetFrom(bands - <usize>FIRST_BAND * UNIT_BYTES, values, rows, true, FIRST_BAND);
}

export function runBands(bands: usize, values: usize, rows: i32, buffer: usize, frames: i32): void {
  processUnits(bands - <usize>FIRST_BAND * UNIT_BYTES, values, rows, true, buffer, frames, FIRST_BAND, FIRST_BAND + EQ_BANDS);
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
