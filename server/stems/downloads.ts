import type { Readable } from 'node:stream';
import { type Bus, subscribe } from '../ports';

interface Download {
  readonly sessionId: string;
  readonly userId: string;
  readonly body: Readable;
}

/** Files that are on their way to somebody: they end at once when whoever gets them may no longer have them. */
export class Downloads {
  private readonly open = new Set<Download>();
  private readonly ends: readonly (() => void)[];

  constructor(bus: Bus) {
    this.ends = [
      subscribe(bus, 'member', (message) => {
        if (message.what === 'gone') this.end(message.sessionId, message.userId);
      }),
      subscribe(bus, 'session', ({ sessionId }) => this.end(sessionId, null)),
    ];
  }

  /** Watches over a file that is sent, until it has been. */
  follow<File extends { readonly body: Readable }>(sessionId: string, userId: string, file: File): File {
    const download = { sessionId, userId, body: file.body };
    this.open.add(download);
    file.body.once('close', () => this.open.delete(download));
    return file;
  }

  close(): void {
    for (const end of this.ends) end();
  }

  private end(sessionId: string, userId: string | null): void {
    for (const download of this.open) {
      if (download.sessionId !== sessionId || (userId !== null && download.userId !== userId)) continue;
      download.body.destroy(new Error('Who gets this may no longer have it.'));
    }
  }
}
