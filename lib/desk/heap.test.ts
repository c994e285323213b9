import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Heap } from './heap';

const memoryOf = (pages: number) => new WebAssembly.Memory({ initial: 1, maximum: pages, shared: true });

it('hands out no byte twice, and joins what comes back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.boolean()), { maxLength: 60 }), (steps) => {
      const memory = memoryOf(64);
      const heap = new Heap(memory, 1000);
      const held: { address: number; bytes: number }[] = [];
      for (const [bytes, frees] of steps) {
        const last = frees ? held.shift() : undefined;
        if (last) heap.free(last.address);
        else held.push({ address: heap.allocate(bytes), bytes });
      }
      const sorted = [...held].sort((a, b) => a.address - b.address);
      sorted.forEach((block, index) => {
        expect(block.address % 16).toBe(0);
        expect(block.address).toBeGreaterThanOrEqual(1000);
        expect(block.address + block.bytes).toBeLessThanOrEqual(sorted[index + 1]?.address ?? memory.buffer.byteLength);
      });
      for (const { address } of held) heap.free(address);
      expect(heap.used).toBe(0);
    }),
  );
});

it('uses freed memory again before it grows', () => {
  const memory = memoryOf(4);
  const heap = new Heap(memory, 0);
  for (let turn = 0; turn < 100; turn++) {
    const addresses = [heap.allocate(50_000), heap.allocate(50_000), heap.allocate(50_000)];
    for (const address of addresses) heap.free(address);
  }
  expect(memory.buffer.byteLength).toBeLessThanOrEqual(4 * 65_536);
});

it('says when the memory is full, and when something is given back twice', () => {
  const heap = new Heap(memoryOf(2), 0);
  expect(() => heap.allocate(200_000)).toThrow(RangeError);
  const address = heap.allocate(100);
  heap.free(address);
  expect(() => heap.free(address)).toThrow();
});
