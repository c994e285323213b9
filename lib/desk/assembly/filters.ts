import { Strip } from './strip-record';
export function processFilters(strip: Strip, values: usize, buffer: usize, frames: i32): void {}
export function processEqualiser(strip: Strip, values: usize, buffer: usize, frames: i32): void {}
export function resetUnits(strip: Strip, values: usize): void {}
