import { Strip } from './strip-record';
export function processComp(strip: Strip, values: usize, buffer: usize, frames: i32): void {}
export function resetComp(strip: Strip, values: usize): void {}
