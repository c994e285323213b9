import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heap } from './heap';

const BASE = 1000;

describe('the heap', () => {
  it('never hands out the same byte twice, and takes all of it back', () => {
    const step = fc.record({ bytes: fc.integer({ min: 1, max: 200_000 }), release: fc.nat({ max: 20 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const memory = new WebAssembly.Memory({ initial: 1, maximum: 1000, shared: true });
        const heap = new Heap(memory, BASE);
        const blocks: { address: number; bytes: number }[] = [];
        for (const { bytes, release } of steps) {
          const address = heap.allocate(bytes);
          expect(address).toBeGreaterThanOrEqual(BASE);
          expect(address % 64).toBe(0);
          expect(address + bytes).toBeLessThanOrEqual(memory.buffer.byteLength);
          for (const other of blocks) expect(address + bytes <= other.address || other.address + other.bytes <= address).toBe(true);
          blocks.push({ address, bytes });
          const [gone] = blocks.splice(release, 1);
          if (gone) heap.release(gone.address, gone.bytes);
        }
        for (const { address, bytes } of blocks) heap.release(address, bytes);
        expect(heap.allocate(1)).toBe(1024);
      }),
    );
  });

  it('says when there is no more', () => {
    const heap = new Heap(new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }), BASE);
    expect(() => heap.allocate(1_000_000)).toThrow(RangeError);
  });
});
