import libflac from 'libflacjs';

export type Libflac = ReturnType<typeof libflac>;

let loading: Promise<Libflac> | null = null;

/** libFLAC compiled to WASM, loaded once per thread. Only its encoder is used: its decoder changes 16-bit samples. */
export function loadLibflac(): Promise<Libflac> {
  loading ??= load();
  return loading;
}

/**
 * While it loads there must be no `fetch`: where the loader sees one, as in Node since version 18, it asks it for the path of the
 * WASM as if that were an address, and fails.
 */
async function load(): Promise<Libflac> {
  const { fetch } = globalThis;
  Object.assign(globalThis, { fetch: undefined });
  try {
    const library = libflac('release.wasm');
    if (!library.isReady()) await new Promise<void>((resolve) => library.on('ready', () => resolve()));
    return library;
  } finally {
    globalThis.fetch = fetch;
  }
}

/** libFLAC's own default is 5; 3 takes two thirds of its time for 1 % more bytes. */
const LEVEL = 3;

/** One whole FLAC file of interleaved samples, each within `bits`. */
export function encodeFlac(
  library: Libflac,
  samples: Int32Array<ArrayBuffer>,
  format: { readonly channels: number; readonly bits: number; readonly rate: number },
): Uint8Array<ArrayBuffer> {
  const frames = samples.length / format.channels;
  const encoder = library.create_libflac_encoder(format.rate, format.channels, format.bits, LEVEL, frames, false, 0);
  if (encoder === 0) throw new Error('libFLAC gave no encoder.');
  const parts: Uint8Array[] = [];
  try {
    const status = library.init_encoder_stream(encoder, (bytes: Uint8Array) => void parts.push(bytes));
    if (status !== 0) throw new Error(`libFLAC refused the format: ${status}.`);
    const encoded = library.FLAC__stream_encoder_process_interleaved(encoder, samples, frames);
    if (!encoded || !library.FLAC__stream_encoder_finish(encoder)) throw new Error('libFLAC could not encode a segment.');
  } finally {
    library.FLAC__stream_encoder_delete(encoder);
  }
  return joinBytes(parts);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
