/**
 * Bytes of the files that are under way and are not there yet, in the order in which their files were begun: together they must
 * find room, not only each of them.
 */
export class PromisedBytes {
  private readonly left = new Map<string, number>();

  /** So many bytes of this stem's file are still to come. */
  set(stemId: string, bytes: number): void {
    this.left.set(stemId, bytes);
  }

  forget(stemId: string): void {
    this.left.delete(stemId);
  }

  /** What is still to come of this stem's file and of all that were begun before it. */
  upTo(stemId: string): number {
    let sum = 0;
    for (const [id, bytes] of this.left) {
      sum += bytes;
      if (id === stemId) return sum;
    }
    return sum;
  }
}
