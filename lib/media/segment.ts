/** Frames in one segment at 48 kHz: four seconds. The last segment of a stem may be shorter. */
export const SEGMENT_FRAMES = 192_000;
