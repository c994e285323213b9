import { registerFlacEncoder } from '@mediabunny/flac-encoder';
import { registerMp3Encoder } from '@mediabunny/mp3-encoder';
import {
  type AudioCodec,
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  canEncodeAudio,
  FlacOutputFormat,
  Mp3OutputFormat,
  OggOutputFormat,
  Output,
  Quality,
} from 'mediabunny';
import { quantiser } from './quantiser';
import type { SoundFormat, SoundWriter } from './sound-format';

type EncodedFormat = Exclude<SoundFormat, { readonly as: 'wav' }>;

const CHANNELS = 2;
const CONTAINERS = { flac: () => new FlacOutputFormat(), mp3: () => new Mp3OutputFormat(), opus: () => new OggOutputFormat() };
const CODECS = { flac: 'flac', mp3: 'mp3', opus: 'opus' } as const satisfies Record<string, AudioCodec>;

/** Interleaves; whole numbers for FLAC, so that it holds what a WAV of as many bits would, floats else. */
function interleaver(
  format: EncodedFormat,
): (left: Float32Array, right: Float32Array) => Pick<AudioSample, 'format'> & { data: ArrayBuffer } {
  if (format.as !== 'flac') {
    return (left, right) => {
      const data = new Float32Array(left.length * CHANNELS);
      left.forEach((sample, frame) => {
        data[frame * CHANNELS] = sample;
        data[frame * CHANNELS + 1] = right[frame] ?? 0;
      });
      return { format: 'f32', data: data.buffer };
    };
  }
  const quantise = quantiser(format);
  // 24 bits travel as the upper ones of 32.
  const step = format.bits === 16 ? 1 : 256;
  return (left, right) => {
    const data = format.bits === 16 ? new Int16Array(left.length * CHANNELS) : new Int32Array(left.length * CHANNELS);
    left.forEach((sample, frame) => {
      data[frame * CHANNELS] = quantise(sample) * step;
      data[frame * CHANNELS + 1] = quantise(right[frame] ?? 0) * step;
    });
    return { format: format.bits === 16 ? 's16' : 's32', data: data.buffer };
  };
}

/** FLAC by libFLAC, MP3 by LAME, Opus (in Ogg) by the browser. Rejects with a sentence where the browser has no Opus. */
export async function createEncodedWriter(
  format: EncodedFormat,
  rate: number,
  take: (bytes: Uint8Array<ArrayBuffer>) => void,
): Promise<SoundWriter> {
  registerFlacEncoder();
  registerMp3Encoder();
  const codec = CODECS[format.as];
  const quality = format.as === 'flac' ? {} : { quality: new Quality({ bitrate: format.kbps * 1000 }) };
  if (!(await canEncodeAudio(codec, { numberOfChannels: CHANNELS, sampleRate: rate, ...quality }))) {
    throw new Error('This browser cannot write Opus files. Choose MP3 or FLAC, or export in another browser; your session is safe.');
  }
  const target = new BufferTarget();
  const output = new Output({ format: CONTAINERS[format.as](), target });
  const source = new AudioSampleSource({ codec, ...quality });
  output.addAudioTrack(source);
  await output.start();
  const interleave = interleaver(format);
  let written = 0;
  return {
    async add(left, right) {
      const sample = new AudioSample({
        ...interleave(left, right),
        numberOfChannels: CHANNELS,
        sampleRate: rate,
        timestamp: written / rate,
      });
      written += left.length;
      await source.add(sample);
      sample.close();
    },
    async end() {
      await output.finalize();
      if (target.buffer) take(new Uint8Array(target.buffer));
    },
  };
}
