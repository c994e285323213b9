const PAGE = 65_536;
const ALIGN = 16;

interface Hole {
  readonly address: number;
  readonly bytes: number;
}

/**
 * Hands out the memory behind the desk's own areas: segments, long delay lines, captures. First fit with joining of
 * neighbours. One owner only: the page (or the worker) that drives the desk.
 */
export class Heap {
  private holes: Hole[] = [];
  private readonly taken = new Map<number, number>();
  private end: number;

  constructor(
    private readonly memory: WebAssembly.Memory,
    base: number,
  ) {
    this.end = Math.ceil(base / ALIGN) * ALIGN;
  }

  /** Bytes handed out now. */
  get used(): number {
    return [...this.taken.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Address of `bytes` fresh or used bytes, 16-byte aligned. Throws a `RangeError` when the memory's maximum is reached. */
  allocate(bytes: number): number {
    const size = Math.max(ALIGN, Math.ceil(bytes / ALIGN) * ALIGN);
    const hole = this.holes.find((one) => one.bytes >= size);
    const address = hole ? this.carve(hole, size) : this.extend(size);
    this.taken.set(address, size);
    return address;
  }

  /** The same, but null when the memory's maximum is reached. */
  allocateIfRoom(bytes: number): number | null {
    try {
      return this.allocate(bytes);
    } catch (reason) {
      if (reason instanceof RangeError) return null;
      throw reason;
    }
  }

  /** Gives memory back. Throws on an address that was not handed out. */
  free(address: number): void {
    const bytes = this.taken.get(address);
    if (bytes === undefined) throw new Error(`Nothing was handed out at ${address}.`);
    this.taken.delete(address);
    const holes = [...this.holes, { address, bytes }].sort((a, b) => a.address - b.address);
    this.holes = holes.reduce<Hole[]>((joined, hole) => {
      const last = joined.at(-1);
      if (last && last.address + last.bytes === hole.address) {
        joined[joined.length - 1] = { address: last.address, bytes: last.bytes + hole.bytes };
      } else joined.push(hole);
      return joined;
    }, []);
  }

  private carve(hole: Hole, size: number): number {
    const rest = { address: hole.address + size, bytes: hole.bytes - size };
    this.holes = this.holes.flatMap((one) => (one !== hole ? [one] : rest.bytes > 0 ? [rest] : []));
    return hole.address;
  }

  private extend(size: number): number {
    const address = this.end;
    const missing = address + size - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    this.end += size;
    return address;
  }
}
