import type { Brand } from '../std';

/** Decibels. For levels `SILENCE_DB` and below stand for −∞. */
export type Decibels = Brand<number, 'dB'>;
/** Linear amplitude factor. */
type Gain = Brand<number, 'gain'>;
export type Seconds = Brand<number, 's'>;

/** Every session is mixed at this rate, whatever the device (44.1 kHz contexts click at segment joins). */
export const SAMPLE_RATE = 48_000;

/** At and below this a level is silence: the fader's −∞. A finite number, so that it survives JSON and every client. */
export const SILENCE_DB = -120;

/** 10^(dB/20); exactly 0 at and below `SILENCE_DB`. */
export function decibelsToGain(decibels: Decibels): Gain {
  return decibels <= SILENCE_DB ? 0 : 10 ** (decibels / 20);
}

/** 20·log10(gain); `SILENCE_DB` for 0 and anything quieter. */
export function gainToDecibels(gain: Gain): Decibels {
  return gain <= 0 ? SILENCE_DB : Math.max(SILENCE_DB, 20 * Math.log10(gain));
}
