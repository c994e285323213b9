/** Frames that one pair of the finest zoom stands for, and of the coarser ones. */
export const PEAK_ZOOMS = [256, 2048, 16_384] as const;

/** A stem's outline at one zoom: for each stretch of `framesPerPair` frames the lowest and the highest sample of any channel. */
export interface PeakZoom {
  readonly framesPerPair: number;
  readonly pairs: number;
  /** Minimum and maximum in turn, ±32767 standing for ±`scale`. */
  readonly values: Int16Array;
}

export interface Peaks {
  /** Length of the stem, 48 kHz frames. */
  readonly frames: number;
  /** What the greatest value stands for; full scale is 1. */
  readonly scale: number;
  /** From the finest to the coarsest. */
  readonly zooms: readonly PeakZoom[];
}

const MAGIC = 0x4b50_544d; // "MTPK", little-endian
const VERSION = 1;
const HEAD_BYTES = 16;
const ZOOM_BYTES = 8;

/**
 * The peaks as a file, all little-endian: "MTPK", u16 version, u16 count of zooms, u32 frames, f32 scale; for each zoom u32 frames
 * per pair and u32 pairs; then the zooms' i16 values, the coarsest first, so that the head of the file already draws the whole.
 */
export function encodePeaks(peaks: Peaks): Uint8Array<ArrayBuffer> {
  const coarsestFirst = [...peaks.zooms].reverse();
  const values = coarsestFirst.reduce((bytes, zoom) => bytes + zoom.values.length * 2, 0);
  const bytes = new Uint8Array(HEAD_BYTES + ZOOM_BYTES * coarsestFirst.length + values);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION, true);
  view.setUint16(6, coarsestFirst.length, true);
  view.setUint32(8, peaks.frames, true);
  view.setFloat32(12, peaks.scale, true);
  let at = HEAD_BYTES + ZOOM_BYTES * coarsestFirst.length;
  coarsestFirst.forEach((zoom, index) => {
    view.setUint32(HEAD_BYTES + ZOOM_BYTES * index, zoom.framesPerPair, true);
    view.setUint32(HEAD_BYTES + ZOOM_BYTES * index + 4, zoom.pairs, true);
    for (const value of zoom.values) {
      view.setInt16(at, value, true);
      at += 2;
    }
  });
  return bytes;
}

/** Reads a peaks file; null when it is none, or not whole. */
export function decodePeaks(bytes: Uint8Array): Peaks | null {
  if (bytes.length < HEAD_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint16(4, true) !== VERSION) return null;
  const count = view.getUint16(6, true);
  let at = HEAD_BYTES + ZOOM_BYTES * count;
  if (at > bytes.length) return null;
  const zooms: PeakZoom[] = [];
  for (let index = 0; index < count; index++) {
    const head = HEAD_BYTES + ZOOM_BYTES * index;
    const [framesPerPair, pairs] = [view.getUint32(head, true), view.getUint32(head + 4, true)];
    if (at + pairs * 4 > bytes.length) return null;
    const values = new Int16Array(pairs * 2);
    for (let i = 0; i < values.length; i++) values[i] = view.getInt16(at + 2 * i, true);
    at += pairs * 4;
    zooms.unshift({ framesPerPair, pairs, values });
  }
  return { frames: view.getUint32(8, true), scale: view.getFloat32(12, true), zooms };
}
