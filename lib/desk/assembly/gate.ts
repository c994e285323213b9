import { Strip } from './strip-record';
export function processGate(strip: Strip, values: usize, buffer: usize, frames: i32): void {}
export function resetGate(strip: Strip, values: usize): void {}
