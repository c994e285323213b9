/** What ends a line: its own going, or that of what carries it. */
interface Line {
  readonly conn: { readonly readyState: string; once(event: 'close', then: () => void): unknown };
  once(event: 'disconnect', then: () => void): unknown;
}

/** Counts each person's lines from the moment they may come in, so that many at once are no way around the limit. */
export class OpenLines {
  private readonly open = new Map<string, Set<Line>>();

  constructor(private readonly most: number) {}

  /** Takes a place for a line until it ends; false when all of this person's are taken. */
  take(userId: string, line: Line): boolean {
    const lines = this.open.get(userId) ?? new Set();
    if (lines.size >= this.most) return false;
    if (line.conn.readyState !== 'open') return true;
    this.open.set(userId, lines.add(line));
    const end = () => {
      lines.delete(line);
      if (lines.size === 0 && this.open.get(userId) === lines) this.open.delete(userId);
    };
    line.once('disconnect', end);
    line.conn.once('close', end);
    return true;
  }
}
