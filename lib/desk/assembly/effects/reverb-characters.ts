// What makes a room a room: the figures of each character. In the order of the choice `character`.

export const SPRING: i32 = 3;

/** Of a room, a hall, a plate, springs, a chamber: the lines' lengths against 18 to 74 ms. */
const SCALE: usize = memory.data<f64>([0.72, 1.15, 0.8, 1.0, 0.9]);
/** How much each diffuser smears, and its length against 2 to 8 ms. */
const DIFFUSION: usize = memory.data<f64>([0.58, 0.62, 0.7, 0.6, 0.66]);
const DIFFUSER_SCALE: usize = memory.data<f64>([0.9, 1.6, 0.75, 1.0, 1.2]);
/** The first and the last early reflection in milliseconds, and how loud they are; a plate and springs have none. */
const EARLY_FIRST: usize = memory.data<f64>([3.1, 14.0, 1.0, 1.0, 5.3]);
const EARLY_LAST: usize = memory.data<f64>([31.0, 79.0, 2.0, 2.0, 43.0]);
const EARLY_LEVEL: usize = memory.data<f64>([0.5, 0.4, 0.0, 0.0, 0.45]);
/** How far the lines that wander do so, in frames (one in four, but all springs), and how often a second. */
const DEPTH: usize = memory.data<f64>([5.0, 11.0, 8.0, 12.0, 6.0]);
const RATE: usize = memory.data<f64>([0.61, 0.43, 1.07, 1.9, 0.53]);
/** Makes a tail of 1.6 s about as loud as what goes in, for steady sounds. */
const LEVEL: usize = memory.data<f64>([0.28, 0.28, 0.48, 1.8, 0.28]);

@inline
function figure(table: usize, character: i32): f64 {
  return load<f64>(table + (<usize>character << 3));
}

export function lineScale(character: i32): f64 {
  return figure(SCALE, character);
}
export function diffusion(character: i32): f64 {
  return figure(DIFFUSION, character);
}
export function diffuserScale(character: i32): f64 {
  return figure(DIFFUSER_SCALE, character);
}
export function earlyFirst(character: i32): f64 {
  return figure(EARLY_FIRST, character);
}
export function earlyLast(character: i32): f64 {
  return figure(EARLY_LAST, character);
}
export function earlyLevel(character: i32): f64 {
  return figure(EARLY_LEVEL, character);
}
export function wanderDepth(character: i32): f64 {
  return figure(DEPTH, character);
}
export function wanderRate(character: i32): f64 {
  return figure(RATE, character);
}
export function tailLevel(character: i32): f64 {
  return figure(LEVEL, character);
}
