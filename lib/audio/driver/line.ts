import { type Desk, DeskFull, type Operation } from '../../desk';

/**
 * The way of operations into a desk that may sleep: without a running context nobody takes them out of its ring. What is
 * written meanwhile is dropped, and whoever wrote it says it again when the desk wakes (rule 22).
 */
export class DeskLine {
  private last = 0;
  /** The ring was full: the desk stands still although its context says that it runs. */
  private stuck = false;

  constructor(
    readonly desk: Desk,
    /** Whether the desk's context runs. */
    private readonly runs: () => boolean,
  ) {}

  get awake(): boolean {
    return this.runs() && !this.stuck;
  }

  /** The ticket of the operations (`Desk.applied`); null where the desk takes none now. */
  write(operations: Iterable<Operation>): number | null {
    if (!this.awake) return null;
    try {
      this.last = this.desk.write(operations);
      return this.last;
    } catch (reason) {
      if (!(reason instanceof DeskFull)) throw reason;
      this.stuck = true;
      return null;
    }
  }

  /** Looks whether a desk that stood still moves again; true in the moment in which it is to be told everything anew. */
  recovers(): boolean {
    if (!this.stuck || !this.runs() || !this.desk.applied(this.last)) return false;
    this.stuck = false;
    return true;
  }
}
