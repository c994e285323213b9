import type { FrameLoop } from '../../media';
import type { StemPlace } from './stem-memory';
import type { FollowingPlace, FromDecodeWorker, ToDecodeWorker } from './worker-messages';

/** The decode worker as the page sees it. */
export class Decoding {
  private readonly worker: Worker;
  private readonly emptied = new Map<number, () => void>();
  private tickets = 0;
  private readonly failedFiles = new Set<string>();
  private readonly damagedFiles = new Set<string>();

  constructor(url: string, module: WebAssembly.Module, memory: WebAssembly.Memory) {
    this.worker = new Worker(url);
    this.worker.onmessage = ({ data }: MessageEvent<FromDecodeWorker>) => {
      if (data.did === 'stems') {
        this.emptied.get(data.ticket)?.();
        this.emptied.delete(data.ticket);
      } else if (data.did === 'failed') this.failedFiles.add(data.file);
      else {
        this.damagedFiles.add(data.file);
        console.warn(`A piece of a stem is damaged and stays silent: ${data.file}`);
      }
    };
    this.send({ do: 'begin', module, memory });
  }

  /** Files that could not be had at least once; they may have come since. */
  get failed(): ReadonlySet<string> {
    return this.failedFiles;
  }

  /** Files in whose place silence is heard. */
  get damaged(): ReadonlySet<string> {
    return this.damagedFiles;
  }

  /** Tells which stems are to be filled; resolves once no other's slots are written any more. */
  stems(places: readonly StemPlace[]): Promise<void> {
    const ticket = ++this.tickets;
    this.send({ do: 'stems', places, ticket });
    return new Promise((resolve) => this.emptied.set(ticket, resolve));
  }

  /** The same of references. */
  references(references: readonly FollowingPlace[]): Promise<void> {
    const ticket = ++this.tickets;
    this.send({ do: 'references', references, ticket });
    return new Promise((resolve) => this.emptied.set(ticket, resolve));
  }

  loop(loop: FrameLoop | null): void {
    this.send({ do: 'loop', loop });
  }

  at(position: number): void {
    this.send({ do: 'at', position });
  }

  close(): void {
    this.worker.terminate();
  }

  private send(message: ToDecodeWorker): void {
    this.worker.postMessage(message);
  }
}
