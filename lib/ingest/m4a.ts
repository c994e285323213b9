import { once } from 'node:events';
import { ascii, startsWith, viewOf } from './bytes';
import { NO_PROGRAM, runConfined } from './confined';
import { unpack } from './pcm';
import { broken, refuse } from './refusal';
import type { ByteSource, PcmReader } from './source';
import { speakersOfMask } from './speakers';

/**
 * What keeps ffmpeg to this one file: its demuxer is named, so that no playlist is followed whatever the file says, and no
 * protocol may be opened but the file's own and the pipe. One thread: memory then does not grow with the machine.
 */
function argumentsFor(path: string): string[] {
  const input = ['-protocol_whitelist', 'file,pipe', '-f', 'mov', '-enable_drefs', '0', '-i', `file:${path}`];
  return ['-v', 'error', '-nostdin', '-threads', '1', ...input, '-map', '0:a:0', '-vn', '-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1'];
}

const noFfmpeg = () =>
  refuse('This is an M4A file, and the program that reads those (ffmpeg) is not on the server.', 'Send it as WAV, FLAC or MP3.');

const HEADER_MAX = 4096;

/** The head of the WAV that ffmpeg writes: where the samples begin, and of what kind they are. */
function readHead(bytes: Uint8Array): { start: number; channels: number; rate: number; mask: number } | null {
  const view = viewOf(bytes);
  let format: { channels: number; rate: number; mask: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    if (startsWith(bytes, 'data', at)) return format && { ...format, start: at + 8 };
    if (ascii(bytes, at, 4) === 'fmt ' && at + 24 <= bytes.length) {
      const mask = size >= 40 && at + 32 <= bytes.length ? view.getUint32(at + 28, true) : 0;
      format = { channels: view.getUint16(at + 10, true), rate: view.getUint32(at + 12, true), mask };
    }
    at += 8 + size;
  }
  return null;
}

/** Pieces of a stream joined to whole frames of `stride` bytes. */
async function* wholeFrames(pieces: AsyncIterator<Uint8Array>, first: Uint8Array, stride: number): AsyncGenerator<Uint8Array> {
  let rest = first;
  for (;;) {
    const whole = rest.length - (rest.length % stride);
    if (whole > 0) yield rest.subarray(0, whole);
    const next = await pieces.next();
    if (next.done) return;
    rest = Buffer.concat([rest.subarray(whole), next.value]);
  }
}

/** M4A (AAC or ALAC in MP4) through the system's ffmpeg; a refusal that says so where there is none. */
export async function openM4a(source: ByteSource): Promise<PcmReader> {
  if (source.path === undefined) throw refuse('This is an M4A file, which can’t be read here.', 'Send it as WAV, FLAC or MP3.');
  const ffmpeg = runConfined('ffmpeg', argumentsFor(source.path));
  ffmpeg.stderr.resume();
  const ended = once(ffmpeg, 'close');
  const pieces = ffmpeg.stdout[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let head: Uint8Array = new Uint8Array(0);
  let found = readHead(head);
  while (!found && head.length < HEADER_MAX) {
    const next = await pieces.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
    found = readHead(head);
  }
  if (!found || found.channels === 0) {
    ffmpeg.kill('SIGKILL');
    const [code] = (await ended) as [number | null];
    throw code === NO_PROGRAM ? noFfmpeg() : broken('M4A');
  }
  const { start: from, channels, rate, mask } = found;
  let progress = 0;
  let lost = 0;

  async function* blocks(): AsyncGenerator<readonly Float32Array[]> {
    for await (const bytes of wholeFrames(pieces, head.subarray(from), channels * 4)) {
      progress += (1 - progress) / 200;
      yield unpack(bytes, { type: 'float', bytes: 4, littleEndian: true }, channels, () => {
        lost += 1;
      });
    }
    const [code] = (await ended) as [number | null];
    if (code !== 0) throw broken('M4A');
  }

  return {
    format: { kind: 'M4A', rate, speakers: speakersOfMask(mask, channels), exactBits: null, frames: null },
    blocks,
    progress: () => progress,
    lost: () => lost,
    close: () => void ffmpeg.kill('SIGKILL'),
  };
}
