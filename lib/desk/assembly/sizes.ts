/** Frames processed at once inside; a block of the output may be cut into several chunks. */
export const CHUNK: i32 = 128;
