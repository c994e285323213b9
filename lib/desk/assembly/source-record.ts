/** Most slots of one source; the page may use fewer. */
export const MAX_SLOTS: i32 = 4;

/** A stem as the desk sees it. The page writes it with atomics, the desk only reads. Followed by its slots. */
@unmanaged
export class Source {
  frames: i32;
  channels: i32;
}

/** A segment in memory: f32 planes, the right one `SEGMENT_FRAMES` after the left one; address 0 stands for silence. */
@unmanaged
export class Slot {
  segment: i32;
  address: i32;
}

export const SOURCE_BYTES: usize = offsetof<Source>() + <usize>MAX_SLOTS * offsetof<Slot>();
