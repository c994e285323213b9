/**
 * A file that can be read at any place without being held in memory. Reading is synchronous: all of ingest runs in workers,
 * where nothing else waits for the thread.
 */
export interface ByteSource {
  /** The name it came with; only ever used in sentences, never to decide what the file is. */
  readonly name: string;
  readonly size: number;
  /** Where it lies on this machine, for a decoder that is another program; absent where it lies nowhere. */
  readonly path?: string;
  /** Up to `length` bytes from `at`, fewer at the end of the file. A fresh array, its buffer its own. */
  read(at: number, length: number): Uint8Array<ArrayBuffer>;
}

/** What a channel carries; what is not known is `other`. */
export type Speaker = 'left' | 'right' | 'centre' | 'low' | 'surround-left' | 'surround-right' | 'back' | 'other';

export type FileKind = 'WAV' | 'AIFF' | 'FLAC' | 'MP3' | 'Ogg Vorbis' | 'Opus' | 'M4A';

export interface SourceFormat {
  readonly kind: FileKind;
  /** Hz. */
  readonly rate: number;
  readonly speakers: readonly Speaker[];
  /** The word length that keeps every sample as it is; null for floats, longer words and lossy codecs. */
  readonly exactBits: 16 | 24 | null;
  /** Length in frames at `rate`, where the file says it. */
  readonly frames: number | null;
  /** What it holds at least, counted without decoding, where it may hold more than it says. */
  readonly counted?: number;
}

/** A decoder at work on one file. Blocks are one array per channel, full scale ±1, and may be reused by nobody else. */
export interface PcmReader {
  readonly format: SourceFormat;
  blocks(): AsyncIterable<readonly Float32Array[]>;
  /** How much of the file has been read, 0 to 1. */
  progress(): number;
  /** Samples so far that were no numbers, and are silent instead; absent where the decoder makes none. */
  lost?(): number;
  /** Lets go of memory and processes; to be called whatever happened. */
  close(): void;
}

/** What one file may be at most. */
export interface IngestLimits {
  readonly maxBytes: number;
  readonly maxSeconds: number;
}

/** As in the contract: 2 GB or 3 hours. */
export const INGEST_LIMITS: IngestLimits = { maxBytes: 2_000_000_000, maxSeconds: 3 * 3600 };
