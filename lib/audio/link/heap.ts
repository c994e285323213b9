interface Block {
  readonly address: number;
  readonly bytes: number;
}

const ALIGNMENT = 64;
const PAGE = 65_536;

/** Memory of the desk above its own areas, handed out in blocks; the page alone does this. */
export class Heap {
  /** Free blocks by address, never two that touch. */
  private free: Block[] = [];
  private end: number;

  /** `base`: the first byte free. */
  constructor(
    private readonly memory: WebAssembly.Memory,
    base: number,
  ) {
    this.end = Math.ceil(base / ALIGNMENT) * ALIGNMENT;
  }

  /** The address of a fresh block. Throws a RangeError when the memory may not grow any further. */
  allocate(bytes: number): number {
    const size = Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const index = this.free.findIndex((block) => block.bytes >= size);
    const found = this.free[index];
    if (found) {
      const rest = { address: found.address + size, bytes: found.bytes - size };
      this.free.splice(index, 1, ...(rest.bytes > 0 ? [rest] : []));
      return found.address;
    }
    const address = this.end;
    const missing = address + size - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    this.end = address + size;
    return address;
  }

  /** Gives a block back; `bytes` as when it was asked for. */
  release(address: number, bytes: number): void {
    const size = Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const blocks = [...this.free, { address, bytes: size }].sort((a, b) => a.address - b.address);
    const joined: Block[] = [];
    for (const block of blocks) {
      const last = joined.at(-1);
      if (last && last.address + last.bytes === block.address)
        joined[joined.length - 1] = { address: last.address, bytes: last.bytes + block.bytes };
      else joined.push(block);
    }
    const top = joined.at(-1);
    if (top && top.address + top.bytes === this.end) {
      this.end = top.address;
      joined.pop();
    }
    this.free = joined;
  }
}
