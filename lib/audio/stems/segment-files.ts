import { pause } from './pause';

/** Fetches one file; rejects when it cannot be had now. */
export type FetchBytes = (url: string, signal: AbortSignal) => Promise<Uint8Array>;

/** Fetches through the browser; the files are immutable, so its cache answers what was heard before. */
export const fetchBytes: FetchBytes = async (url, signal) => {
  const response = await fetch(url, { signal, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The server answered ${response.status} for a piece of a stem.`);
  return new Uint8Array(await response.arrayBuffer());
};

/** How long a render waits for a file that cannot be had, ms; what is heard waits for as long as it takes. */
export const RENDER_PATIENCE = 30_000;
const NOT_FETCHED =
  'A piece of a stem could not be fetched for half a minute, so this was not made. Check the connection and try again; your session is safe.';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8000;

/** Compressed segments as they came, the latest used kept up to a bound, and failed fetches tried again. */
export class SegmentFiles {
  private readonly kept = new Map<string, Uint8Array>();
  private keptBytes = 0;

  constructor(
    private readonly fetchOnce: FetchBytes,
    private readonly limitBytes: number,
    /** How long a file is tried again after it failed for the first time, ms. */
    private readonly patience = Number.POSITIVE_INFINITY,
  ) {}

  /**
   * The file's bytes. Tries for as long as it takes, pausing 250 ms and twice as long after each failure up to 8 s;
   * rejects when `signal` aborts, and with a sentence for the user when its patience ends.
   */
  async get(url: string, signal: AbortSignal): Promise<Uint8Array> {
    const known = this.kept.get(url);
    if (known) {
      this.kept.delete(url);
      this.kept.set(url, known);
      return known;
    }
    let failing: number | null = null;
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        const bytes = await this.fetchOnce(url, signal);
        this.keep(url, bytes);
        return bytes;
      } catch {
        signal.throwIfAborted();
        failing ??= performance.now();
        if (performance.now() - failing >= this.patience) throw new Error(NOT_FETCHED);
        await pause(wait, signal);
      }
    }
  }

  /** Drops a file that turned out to be damaged, so that the next `get` fetches it anew. */
  forget(url: string): void {
    this.keptBytes -= this.kept.get(url)?.byteLength ?? 0;
    this.kept.delete(url);
  }

  private keep(url: string, bytes: Uint8Array): void {
    this.forget(url);
    this.kept.set(url, bytes);
    this.keptBytes += bytes.byteLength;
    for (const oldest of this.kept.keys()) {
      if (this.keptBytes <= this.limitBytes) break;
      this.forget(oldest);
    }
  }
}
