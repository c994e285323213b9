// What differs between the types of effects; all else is in `insert.ts`.

import {
  INSERT_CHORUS,
  INSERT_CRUSHER,
  INSERT_DELAY,
  INSERT_DISTORTION,
  INSERT_FLANGER,
  INSERT_PHASER,
  INSERT_REVERB,
  INSERT_TREMOLO,
  INSERT_WIDTH,
  INSERT_COMPRESSOR,
  INSERT_GATE,
  INSERT_EQ,
  INSERT_LIMITER,
  INSERT_DEESSER,
  INSERT_TRANSIENT,
  INSERT_MULTIBAND,
} from '../generated/parameters';
import { Insert } from '../insert-record';
import { LIMITER_DELAY } from '../limiter-record';
import { DEESSER_BYTES, deesserReduction, listenToDeesser, processDeesser, resetDeesser } from './deesser';
import {
  COMPRESSOR_BYTES,
  compressorEffectAhead,
  compressorEffectDetector,
  compressorEffectReduction,
  GATE_BYTES,
  gateEffectAhead,
  gateEffectDetector,
  gateEffectReduction,
  listenToCompressor,
  listenToGate,
  processCompressorEffect,
  processGateEffect,
  resetCompressorEffect,
  resetGateEffect,
} from './dynamics';
import { EQ_EFFECT_BYTES, processEqualiserEffect, resetEqualiser } from './equaliser';
import { LIMITER_EFFECT_BYTES, limiterEffectReduction, processLimiterEffect, resetLimiterEffect } from './limiter';
import { MULTIBAND_BYTES, multibandReduction, processMultiband, resetMultiband } from './multiband';
import { processTransient, resetTransient, TRANSIENT_BYTES } from './transient';
import { CHORUS_BYTES, processChorus, resetChorus } from './chorus';
import { CRUSHER_BYTES, processCrusher, resetCrusher } from './crusher';
import { DELAY_BYTES, initDelay, processDelay, resetDelay } from './delay';
import { DISTORTION_BYTES, DISTORTION_LATENCY, processDistortion, resetDistortion } from './distortion';
import { FLANGER_BYTES, processFlanger, resetFlanger } from './flanger';
import { PHASER_BYTES, processPhaser, resetPhaser } from './phaser';
import { initReverb, processReverb, resetReverb, REVERB_BYTES } from './reverb';
import { processTremolo, resetTremolo, TREMOLO_BYTES } from './tremolo';
import { processWidth, resetWidth, WIDTH_BYTES } from './width';

/** Bytes of long memory an effect of a type needs. */
export function effectBytes(type: i32): usize {
  switch (type) {
    case INSERT_REVERB:
      return REVERB_BYTES;
    case INSERT_DELAY:
      return DELAY_BYTES;
    case INSERT_CHORUS:
      return CHORUS_BYTES;
    case INSERT_FLANGER:
      return FLANGER_BYTES;
    case INSERT_PHASER:
      return PHASER_BYTES;
    case INSERT_TREMOLO:
      return TREMOLO_BYTES;
    case INSERT_DISTORTION:
      return DISTORTION_BYTES;
    case INSERT_CRUSHER:
      return CRUSHER_BYTES;
    case INSERT_WIDTH:
      return WIDTH_BYTES;
    case INSERT_COMPRESSOR:
      return COMPRESSOR_BYTES;
    case INSERT_GATE:
      return GATE_BYTES;
    case INSERT_EQ:
      return EQ_EFFECT_BYTES;
    case INSERT_LIMITER:
      return LIMITER_EFFECT_BYTES;
    case INSERT_DEESSER:
      return DEESSER_BYTES;
    case INSERT_TRANSIENT:
      return TRANSIENT_BYTES;
    case INSERT_MULTIBAND:
      return MULTIBAND_BYTES;
    default:
      return 16;
  }
}

/** Makes long memory ready; nothing in it is assumed. */
export function initEffect(insert: Insert): void {
  switch (insert.type) {
    case INSERT_REVERB:
      return initReverb(insert.address);
    case INSERT_DELAY:
      return initDelay(insert.address);
    default:
      return;
  }
}

/** Nothing rings, and everything is where `values` wants it. */
export function clearEffect(insert: Insert, values: usize): void {
  switch (insert.type) {
    case INSERT_REVERB:
      return resetReverb(insert, values);
    case INSERT_DELAY:
      return resetDelay(insert, values);
    case INSERT_CHORUS:
      return resetChorus(insert, values);
    case INSERT_FLANGER:
      return resetFlanger(insert, values);
    case INSERT_PHASER:
      return resetPhaser(insert, values);
    case INSERT_TREMOLO:
      return resetTremolo(insert, values);
    case INSERT_DISTORTION:
      return resetDistortion(insert, values);
    case INSERT_CRUSHER:
      return resetCrusher(insert, values);
    case INSERT_WIDTH:
      return resetWidth(insert, values);
    case INSERT_COMPRESSOR:
      return resetCompressorEffect(insert, values);
    case INSERT_GATE:
      return resetGateEffect(insert, values);
    case INSERT_EQ:
      return resetEqualiser(insert, values);
    case INSERT_LIMITER:
      return resetLimiterEffect(insert, values);
    case INSERT_DEESSER:
      return resetDeesser(insert, values);
    case INSERT_TRANSIENT:
      return resetTransient(insert, values);
    case INSERT_MULTIBAND:
      return resetMultiband(insert, values);
    default:
      return;
  }
}

/** One chunk in place, with the effect's own `mix`. */
export function processEffect(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  switch (insert.type) {
    case INSERT_REVERB:
      return processReverb(insert, values, buffer, frames);
    case INSERT_DELAY:
      return processDelay(insert, values, buffer, frames);
    case INSERT_CHORUS:
      return processChorus(insert, values, buffer, frames);
    case INSERT_FLANGER:
      return processFlanger(insert, values, buffer, frames);
    case INSERT_PHASER:
      return processPhaser(insert, values, buffer, frames);
    case INSERT_TREMOLO:
      return processTremolo(insert, values, buffer, frames);
    case INSERT_DISTORTION:
      return processDistortion(insert, values, buffer, frames);
    case INSERT_CRUSHER:
      return processCrusher(insert, values, buffer, frames);
    case INSERT_WIDTH:
      return processWidth(insert, values, buffer, frames);
    case INSERT_COMPRESSOR:
      return processCompressorEffect(insert, values, buffer, frames);
    case INSERT_GATE:
      return processGateEffect(insert, values, buffer, frames);
    case INSERT_EQ:
      return processEqualiserEffect(insert, values, buffer, frames);
    case INSERT_LIMITER:
      return processLimiterEffect(insert, values, buffer, frames);
    case INSERT_DEESSER:
      return processDeesser(insert, values, buffer, frames);
    case INSERT_TRANSIENT:
      return processTransient(insert, values, buffer, frames);
    case INSERT_MULTIBAND:
      return processMultiband(insert, values, buffer, frames);
    default:
      return;
  }
}

/** Gives the ears what an effect that is off would listen to; nothing for those that do not. */
export function listenToEffect(insert: Insert, values: usize, buffer: usize, frames: i32): void {
  switch (insert.type) {
    case INSERT_COMPRESSOR:
      return listenToCompressor(insert, values, buffer, frames);
    case INSERT_GATE:
      return listenToGate(insert, values, buffer, frames);
    case INSERT_DEESSER:
      return listenToDeesser(insert, values, buffer, frames);
    default:
      return;
  }
}

/** Frames by which an effect delays what goes through it, on or off: fixed by its type, `mix` included. Look-aheads come on top. */
export function effectLatency(type: i32): i32 {
  switch (type) {
    case INSERT_LIMITER:
      return LIMITER_DELAY;
    case INSERT_DISTORTION:
      return DISTORTION_LATENCY;
    default:
      return 0;
  }
}

/** How far an effect turned down in the last chunk, dB; 0 for what does not. */
export function effectReduction(insert: Insert): f64 {
  switch (insert.type) {
    case INSERT_COMPRESSOR:
      return compressorEffectReduction(insert);
    case INSERT_GATE:
      return gateEffectReduction(insert);
    case INSERT_LIMITER:
      return limiterEffectReduction(insert);
    case INSERT_DEESSER:
      return deesserReduction(insert);
    case INSERT_MULTIBAND:
      return multibandReduction(insert);
    default:
      return 0.0;
  }
}

/** The level an effect listens to, as a gain; 0 for what does not. */
export function effectDetector(insert: Insert): f64 {
  if (insert.type == INSERT_COMPRESSOR) return compressorEffectDetector(insert);
  return insert.type == INSERT_GATE ? gateEffectDetector(insert) : 0.0;
}

/** Frames by which an effect delays with its look-ahead. */
export function effectDelay(insert: Insert, values: usize): i32 {
  if (insert.type == INSERT_COMPRESSOR) return compressorEffectAhead(values);
  if (insert.type == INSERT_GATE) return gateEffectAhead(values);
  return effectLatency(insert.type);
}

/** Whether effects of a type ever delay. */
@inline
export function delaysAtAll(type: i32): bool {
  return type == INSERT_COMPRESSOR || type == INSERT_GATE || effectLatency(type) > 0;
}
