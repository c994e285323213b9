import { Insert } from './insert-record';
export const REVERB_BYTES: usize = 1048576;
export function initReverb(address: i32): void {}
export function resetReverb(insert: Insert): void {}
export function processReverb(insert: Insert, values: usize, buffer: usize, frames: i32): void {}
