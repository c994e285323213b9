import type { Desk } from '../desk';

const LOOK_MS = 20;

/** The desk's mix of the song's frames from `from` on, when they sound. Rejects when `closed` aborts first. */
export async function captureMix(
  desk: Desk,
  from: number,
  frames: number,
  closed: AbortSignal,
): Promise<readonly [Float32Array, Float32Array]> {
  const bytes = frames * Float32Array.BYTES_PER_ELEMENT;
  const address = desk.heap.allocate(2 * bytes);
  try {
    const ticket = desk.write([{ do: 'capture', from, frames, address }]);
    while (!desk.applied(ticket) || desk.captured < frames) {
      closed.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return [desk.samples(address, frames).slice(), desk.samples(address + bytes, frames).slice()];
  } finally {
    desk.heap.free(address);
  }
}
