/** One change of the desk, in the ring or waiting for its frame. */
@unmanaged
export class Item {
  code: i32;
  index: i32;
  a: i32;
  b: i32;
  flags: i32;
  value: f64;
  /** Output frame at which it counts; negative: at once. */
  frame: f64;
}

export const ITEM_BYTES: usize = offsetof<Item>();
/** More than the largest plan there can be, all slots filled and every value said: it is written at once or not at all. */
export const RING_ITEMS: i32 = 65536;
export const PENDING_ITEMS: i32 = 1024;
