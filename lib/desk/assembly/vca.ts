// VCAs: strips without sound, whose fader and mute act on the strips assigned to them. The gains of several are multiplied, so
// that decibels add and −∞ wins, in the order they are named: slots differ from machine to machine, and a product of three may
// depend on its order. They come first in the order, so that their gains are of the same chunk.

import { stripAt } from './access';
import { STRIP_FADER, STRIP_MUTE } from './generated/parameters';
import { MOST_VCAS, Strip, STRIP_VCAS, VCA } from './strip-record';
import { SWITCH_FRAMES, toward } from './units';
import { isOn, valueOf } from './values';

/** Other VCAs are cross-faded to over this many frames (20 ms): the level may jump by a whole fader. */
const BLEND_FRAMES: i32 = 4 * SWITCH_FRAMES;

/** A VCA's gains at rest. */
export function resetVca(strip: Strip, values: usize): void {
  strip.fader = valueOf(values, STRIP_FADER);
  strip.mute = isOn(values, STRIP_MUTE) ? 0.0 : 1.0;
}

/** Moves a VCA's gains on by a chunk. */
export function processVca(strip: Strip, values: usize, frames: i32): void {
  strip.fader = valueOf(values, STRIP_FADER);
  strip.mute = toward(strip.mute, isOn(values, STRIP_MUTE) ? 0.0 : 1.0, <f64>frames / <f64>SWITCH_FRAMES);
}

/** The VCA that a strip names at `place`: a byte, its slot. */
@inline
function vcaAt(strip: Strip, place: i32): usize {
  return changetype<usize>(strip) + STRIP_VCAS + <usize>place;
}

/** A strip that follows no VCA yet. */
export function initVcas(strip: Strip): void {
  strip.vcaFader = 1.0;
  strip.vcaMute = 1.0;
  strip.vcaBlend = 1.0;
}

/** Takes a strip off all its VCAs; from what they did it is cross-faded to what those do that are added now. */
export function beginVcas(strip: Strip): void {
  strip.vcaHeldFader = strip.vcaFader;
  strip.vcaHeldMute = strip.vcaMute;
  // What is not heard has nothing to fade from.
  strip.vcaBlend = strip.presence > 0.0 ? 0.0 : 1.0;
  strip.vcaCount = 0;
}

export function addVca(strip: Strip, vca: i32): void {
  if (strip.vcaCount < MOST_VCAS) store<u8>(vcaAt(strip, strip.vcaCount++), <u8>vca);
}

/** Moves what its VCAs do to a strip on by a chunk. */
export function followVcas(strip: Strip, frames: i32): void {
  let fader = 1.0;
  let mute = 1.0;
  for (let place = 0; place < strip.vcaCount; place++) {
    const vca = stripAt(<i32>load<u8>(vcaAt(strip, place)));
    if (!vca.used || vca.kind != VCA) continue;
    fader *= vca.fader;
    mute *= vca.mute;
  }
  if (strip.vcaBlend < 1.0) {
    strip.vcaBlend = toward(strip.vcaBlend, 1.0, <f64>frames / <f64>BLEND_FRAMES);
    const held = 1.0 - strip.vcaBlend;
    fader += held * (strip.vcaHeldFader - fader);
    mute += held * (strip.vcaHeldMute - mute);
  }
  strip.vcaFader = fader;
  strip.vcaMute = mute;
}

/** What its VCAs do to a strip at rest; they must have been reset before. */
export function settleVcas(strip: Strip): void {
  strip.vcaBlend = 1.0;
  followVcas(strip, 0);
}
