import type { IngestLimits, SourceFormat } from './source';

const SAFE = 'Nothing was added; the other stems are safe.';

/** A file that can't be used. The message is for the user: what is wrong, what is safe, what to do. */
export class IngestRefusal extends Error {
  override readonly name = 'IngestRefusal';
}

/** `what` is wrong with the file; `remedy` is a sentence of what to do about it. */
export function refuse(what: string, remedy = ''): IngestRefusal {
  return new IngestRefusal([what, SAFE, remedy].filter(Boolean).join(' '));
}

/** "1 h 20 min", "3 min 5 s", "0.4 s". */
function durationInWords(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (hours) return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes ? `${minutes} min${rest ? ` ${rest} s` : ''}` : `${rest} s`;
}

/** "2 GB", "300 MB", "12 kB". */
export function sizeInWords(bytes: number): string {
  const [unit, scale] = bytes >= 1e9 ? ['GB', 1e9] : bytes >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
  return `${Math.round((bytes / Number(scale)) * 10) / 10} ${unit}`;
}

export function tooLong(seconds: number | null, limits: IngestLimits): IngestRefusal {
  const length = seconds === null ? 'is' : `lasts ${durationInWords(seconds)},`;
  return refuse(`This file ${length} longer than the ${durationInWords(limits.maxSeconds)} that one stem may last.`, 'Cut it into parts.');
}

export function tooLarge(limits: IngestLimits): IngestRefusal {
  return refuse(`This file is larger than the ${sizeInWords(limits.maxBytes)} that one stem may have.`, 'Send it as FLAC, or in parts.');
}

export function cutOff(kind: string, promised: number, held: number): IngestRefusal {
  return refuse(
    `This ${kind} file is not whole: it says it lasts ${durationInWords(promised)}, but the sound ends after ${durationInWords(held)}.`,
    'Export or copy it again.',
  );
}

export function broken(kind: string): IngestRefusal {
  return refuse(`This file begins like ${kind}, but what follows can't be read: it is damaged or not whole.`, 'Export or copy it again.');
}

export function farTooLoud(kind: string): IngestRefusal {
  return refuse(
    `This ${kind} file holds values more than a thousand times over full scale: it is damaged, or was not written as sound.`,
    'Export it again, as 24 bits if you can choose.',
  );
}

/** Floats that are none (NaN) or infinite, and silence besides. */
export function noNumbers(kind: string): IngestRefusal {
  return refuse(
    `This ${kind} file holds no sound: its samples are not numbers. Whatever wrote it went wrong.`,
    'Export it again, as 24 bits if you can choose.',
  );
}

/** The note on a stem in which some samples were no numbers. */
export function lostInWords(samples: number): string {
  const many = samples === 1 ? 'One sample of this file was' : `${samples.toLocaleString('en')} samples of this file were`;
  return `${many} not a number and ${samples === 1 ? 'is' : 'are'} silent here: listen for clicks, and export it again if you hear any.`;
}

const RATE_MIN = 8_000;
const RATE_MAX = 384_000;
const CHANNELS_MAX = 8;

/** Throws unless a file that says this of itself may be decoded; before any of its sound is. */
export function checkFormat(format: SourceFormat, limits: IngestLimits): void {
  const channels = format.speakers.length;
  if (channels < 1) throw broken(format.kind);
  if (channels > CHANNELS_MAX) {
    throw refuse(`This ${format.kind} file has ${channels} channels; a stem may have ${CHANNELS_MAX} at most.`, 'Send its channels apart.');
  }
  if (!(format.rate >= RATE_MIN && format.rate <= RATE_MAX)) {
    throw refuse(`This ${format.kind} file says it has ${format.rate} samples a second; from 8,000 to 384,000 can be used.`);
  }
  if (format.frames === 0) throw noSound(format.kind);
  const seconds = Math.max(format.frames ?? 0, format.counted ?? 0) / format.rate;
  if (seconds > limits.maxSeconds) throw tooLong(seconds, limits);
}

export function noSound(kind: string): IngestRefusal {
  return refuse(`This ${kind} file holds no sound at all.`);
}
