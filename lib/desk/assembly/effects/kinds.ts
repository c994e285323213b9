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
} from '../generated/parameters';
import { Insert } from '../insert-record';
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
    default:
      return;
  }
}

/** Frames by which an effect delays what goes through it: fixed by its type, whatever its values are, `mix` included. */
export function effectLatency(insert: Insert): i32 {
  switch (insert.type) {
    case INSERT_DISTORTION:
      return DISTORTION_LATENCY;
    default:
      return 0;
  }
}
