import { Unzip, UnzipInflate } from 'fflate';

/** A file taken out of a ZIP. */
export interface Unzipped {
  /** Its name without folders. */
  readonly name: string;
  readonly blob: Blob;
}

export interface UnzipChoice {
  /** Which files are wanted, by their name without folders. */
  readonly isWanted: (name: string) => boolean;
  /** 0 to 1 of the ZIP that has been read. */
  readonly progress: (done: number) => void;
  readonly cancel: AbortSignal;
}

/** Bytes that are gathered in memory before the browser takes them over, which may keep them on the disk. */
const GATHERED = 8 * 1024 * 1024;
const DAMAGED = 'This ZIP cannot be read: it is damaged, incomplete or protected by a password. Nothing of it was added.';

/** What macOS puts beside every file, and hidden files, are nobody's stems. */
const isHidden = (path: string): boolean => path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** The list of its files ends every ZIP, with a comment of at most 65,535 bytes after it (APPNOTE 4.3.16). */
async function isWhole(zip: Blob): Promise<boolean> {
  const end = new Uint8Array(await zip.slice(-65_557).arrayBuffer());
  return end.some((byte, at) => byte === 0x50 && end[at + 1] === 0x4b && end[at + 2] === 5 && end[at + 3] === 6);
}

/** One file as it comes out. */
class Emerging {
  private taken: Blob[] = [];
  private parts: Uint8Array<ArrayBuffer>[] = [];
  private gathered = 0;
  whole = false;

  constructor(readonly name: string) {}

  add(data: Uint8Array, last: boolean): void {
    // A copy: the bytes may be a view of what is read next.
    this.parts.push(data.slice());
    this.gathered += data.length;
    if (this.gathered >= GATHERED || last) this.handOver();
    this.whole = last;
  }

  blob(): Blob {
    return new Blob(this.taken);
  }

  private handOver(): void {
    this.taken.push(new Blob(this.parts));
    this.parts = [];
    this.gathered = 0;
  }
}

/**
 * The wanted files of a ZIP one after the other, as it is read; never the whole of it in memory. Rejects with a sentence where it
 * cannot be read, and with the signal's reason when cancelled.
 */
export async function* unzipped(zip: Blob, { isWanted, progress, cancel }: UnzipChoice): AsyncGenerator<Unzipped> {
  if (!(await isWhole(zip))) throw new Error(DAMAGED);
  const emerging: Emerging[] = [];
  const unzip = new Unzip((file) => {
    const name = file.name.split('/').at(-1) ?? '';
    if (name === '' || isHidden(file.name) || !isWanted(name)) return;
    const one = new Emerging(name);
    emerging.push(one);
    file.ondata = (error, data, last) => {
      if (error) throw error;
      one.add(data, last);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  let read = 0;
  const push = (bytes: Uint8Array, last: boolean) => {
    try {
      unzip.push(bytes, last);
    } catch {
      throw new Error(DAMAGED);
    }
  };
  const reader = zip.stream().getReader();
  try {
    for (;;) {
      cancel.throwIfAborted();
      const { value, done } = await reader.read();
      push(value ?? new Uint8Array(), done);
      read += value?.length ?? 0;
      progress(zip.size > 0 ? read / zip.size : 1);
      while (emerging[0]?.whole) {
        const one = emerging.shift();
        if (one) yield { name: one.name, blob: one.blob() };
      }
      if (done) break;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
  if (emerging.length > 0) throw new Error(DAMAGED);
}
