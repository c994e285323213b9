import { Insert, INSERT_BYTES } from './insert-record';
import { BUFFER_BYTES, BUFFERS, INSERTS, LANES, MONITOR, REFERENCE, SENDS, SOURCES, STATE, STRIPS, TAP_AREA, WATCHES } from './layout';
import { Lane, LANE_BYTES } from './lane-record';
import { Monitor } from './monitor-record';
import { Reference } from './reference-record';
import { Send, SEND_BYTES } from './send-record';
import { Source, SOURCE_BYTES } from './source-record';
import { State } from './state-record';
import { Strip, STRIP_BYTES, STRIP_UNITS, Unit, UNIT_BYTES } from './strip-record';
import { Tap, TAP_BYTES } from './tap-record';
import { Watch, WATCH_BYTES } from './watch-record';

@inline
export function desk(): State {
  return changetype<State>(STATE);
}

@inline
export function stripAt(index: i32): Strip {
  return changetype<Strip>(STRIPS + <usize>index * STRIP_BYTES);
}

@inline
export function bufferAt(index: i32): usize {
  return BUFFERS + <usize>index * BUFFER_BYTES;
}

@inline
export function unitAt(strip: Strip, index: i32): Unit {
  return changetype<Unit>(changetype<usize>(strip) + STRIP_UNITS + <usize>index * UNIT_BYTES);
}

@inline
export function sendAt(index: i32): Send {
  return changetype<Send>(SENDS + <usize>index * SEND_BYTES);
}

@inline
export function insertAt(index: i32): Insert {
  return changetype<Insert>(INSERTS + <usize>index * INSERT_BYTES);
}

@inline
export function sourceAt(index: i32): Source {
  return changetype<Source>(SOURCES + <usize>index * SOURCE_BYTES);
}

@inline
export function watchAt(index: i32): Watch {
  return changetype<Watch>(WATCHES + <usize>index * WATCH_BYTES);
}

@inline
export function tapAt(index: i32): Tap {
  return changetype<Tap>(TAP_AREA + <usize>index * TAP_BYTES);
}

@inline
export function monitorState(): Monitor {
  return changetype<Monitor>(MONITOR);
}

@inline
export function referenceState(): Reference {
  return changetype<Reference>(REFERENCE);
}

@inline
export function laneAt(index: i32): Lane {
  return changetype<Lane>(LANES + <usize>index * LANE_BYTES);
}
