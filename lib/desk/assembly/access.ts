import { Insert, INSERT_BYTES } from './insert-record';
import { BUFFER_BYTES, BUFFERS, INSERTS, LANES, SENDS, SOURCES, STATE, STRIPS } from './layout';
import { Lane, LANE_BYTES } from './lane-record';
import { Send, SEND_BYTES } from './send-record';
import { Source, SOURCE_BYTES } from './source-record';
import { State } from './state-record';
import { Strip, STRIP_BYTES, STRIP_UNITS, Unit, UNIT_BYTES } from './strip-record';

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
export function laneAt(index: i32): Lane {
  return changetype<Lane>(LANES + <usize>index * LANE_BYTES);
}
