import { align16 } from './state-record';

/** Whose value a lane moves. */
export const ON_STRIP: i32 = 0;
export const ON_SEND: i32 = 1;

export const HOLD: i32 = 0;
export const SMOOTH: i32 = 2;

/** The automation of one control: a table of points in long memory, and the stretch between two of them where it is now. */
@unmanaged
export class Lane {
  used: i32;
  owner: i32;
  slot: i32;
  parameter: i32;
  /** Its points: moment (frames of the song, i32), curve (i32), value (f64) each, in order. */
  address: i32;
  count: i32;
  /** A hand is on the control: the lane leaves it alone. */
  held: i32;
  /** Frames for which the control still comes after a step instead of standing where the lane has it. */
  after: i32;
  /** Its rises are held back for as long, for somebody else has drawn it. */
  gentle: i32;
  /** Where it expects the song to be next; elsewhere means a jump. */
  expected: i32;
  /** The stretch: its frames, curve, and law's values at both ends. `until` is not of it. */
  from: i32;
  until: i32;
  curve: i32;
  /** Frames by which the song is late where the control acts on it. */
  late: i32;
  first: f64;
  last: f64;
  /** The moment of the next step at or after the stretch's end, of a lane that has been taken up. */
  step: i32;
}

export const LANE_BYTES: usize = align16(offsetof<Lane>());
/** A point of a lane's table. */
export const POINT_BYTES: usize = 16;
