import { MASTER, type Mix, type Strip, stripNameFor } from '../../mix';
import { SAMPLE_RATE } from '../../units';
import type { StripMeasure } from '../measure/strip-measure';
import { StripMeter } from '../measure/strip-meter';
import { PROFILES } from '../profile';
import { type StripSound, songOf } from '../song/song';
import { chance, filter, hit, type Note, play } from './instruments.fixture';

/** One stem of a made band; a mono one has the same array on both sides. */
export interface Stem {
  readonly name: string;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export interface Band {
  readonly seed: number;
  readonly stems: ReadonlyMap<string, Stem>;
  readonly sections: readonly number[];
}

const SECONDS = 30;
const FRAMES = SECONDS * SAMPLE_RATE;
const SECTIONS = [0, 10, 20];
const pitchOf = (key: number) => 440 * 2 ** ((key - 69) / 12);

/** A tail for a voice that stands in a room: noise that falls by 60 dB in 1.6 s, laid over sparsely. */
function inRoom(samples: Float32Array, random: () => number, level: number): Float32Array {
  const wet = Float32Array.from(samples);
  const taps = Array.from({ length: 60 }, () => {
    const late = 0.015 + 1.1 * random();
    return { late: Math.round(late * SAMPLE_RATE), gain: level * Math.exp((-6.91 * late) / 1.6) * (random() < 0.5 ? -1 : 1) };
  });
  for (const { late, gain } of taps)
    for (let n = late; n < wet.length; n++) wet[n] = (wet[n] as number) + gain * (samples[n - late] as number);
  return wet;
}

/** A band of eleven stems that has nothing wrong with it: half a minute, three sections. */
export function makeBand(seed: number): Band {
  const random = chance(seed);
  const beat = 60 / (92 + 30 * random());
  const root = 33 + Math.floor(7 * random());
  const beats = Array.from({ length: Math.floor(SECONDS / beat) - 2 }, (_, n) => n * beat);
  const degrees = [0, 5, 3, 7, 0, 8, 5, 7];
  const chordAt = (n: number) => root + (degrees[Math.floor(n / 4) % degrees.length] as number);
  const empty = () => new Float32Array(FRAMES);
  const mono = (samples: Float32Array, name: string): Stem => ({ name, left: samples, right: samples });
  const loud = (from = 0.85) => from + (1 - from) * random();

  const kick = empty();
  const top = empty();
  const bottom = empty();
  const hats = empty();
  beats.forEach((at, n) => {
    if (n % 2 === 0) hit(kick, at, { from: 150, to: 52, tone: loud(), noise: 0.12, toneFall: 0.4, noiseFall: 0.03 }, random);
    else {
      const own = chance(seed + 1000 + n);
      const strength = 0.8 + 0.2 * random();
      hit(top, at, { from: 260, to: 190, tone: strength, noise: 0.5, toneFall: 0.3, noiseFall: 0.25 }, own);
      // The microphone below hears the same skin, less of it, and its wires.
      const again = chance(seed + 1000 + n);
      hit(bottom, at, { from: 260, to: 190, tone: 0.7 * strength, noise: 0.35, toneFall: 0.3, noiseFall: 0.25 }, again);
      hit(bottom, at, { from: 200, to: 200, tone: 0, noise: 0.25, toneFall: 0.1, noiseFall: 0.3 }, random);
    }
    for (const half of [0, 0.5])
      hit(hats, at + half * beat, { from: 1, to: 1, tone: 0, noise: 0.7 + 0.3 * random(), toneFall: 0.05, noiseFall: 0.12 }, random);
  });
  filter(filter(hats, { type: 'high', freq: 5000, q: 0.6 }), { type: 'low', freq: 14_000, q: 0.6 });

  const bass = empty();
  const scale = [0, 3, 5, 7, 10, 12];
  const bassNotes = beats.flatMap((at, n): Note[] =>
    [0, 0.5].map((half) => {
      const key = chordAt(n) - (random() < 0.4 ? 0 : 0) + (scale[Math.floor(scale.length * random())] as number);
      return { at: at + half * beat, long: 0.44 * beat, pitch: pitchOf(key), loud: loud(0.8) };
    }),
  );
  play(bass, bassNotes, { harmonic: (k) => k ** -1.7, attack: 0.008, fall: 4, release: 0.08 }, random);

  const keysLeft = empty();
  const keysRight = empty();
  const guitar = empty();
  const padLeft = empty();
  const padRight = empty();
  const choir = empty();
  const brightness = (hertz: number) => 1 / (1 + (hertz / 900) ** 2);
  for (let bar = 0; bar + 4 <= beats.length; bar += 4) {
    const at = bar * beat;
    const chord = [24, 28, 31, 36].map((step) => chordAt(bar) + step + (step === 28 && random() < 0.5 ? -1 : 0));
    const notes = (key: number, long: number, loudness: number, later = 0): Note => ({
      at: at + later,
      long,
      pitch: pitchOf(key),
      loud: loudness,
    });
    const keys = { harmonic: (k: number, hertz: number) => k ** -1.1 * brightness(hertz), attack: 0.006, fall: 3, release: 0.3 };
    for (const half of [0, 2]) {
      play(
        keysLeft,
        chord.map((key) => notes(key, 1.8 * beat, loud(), half * beat)),
        keys,
        random,
      );
      play(
        keysRight,
        chord.map((key) => notes(key, 1.8 * beat, loud(), half * beat + 0.004)),
        keys,
        random,
      );
    }
    const plucked = chord.map((key, n) => notes(key + (n === 0 ? 12 : 0), 0.9 * beat, loud(), (n + 0.5) * beat));
    play(
      guitar,
      plucked,
      { harmonic: (k, hertz) => k ** -0.9 / (1 + (hertz / 2500) ** 2), attack: 0.003, fall: 1.6, release: 0.1 },
      random,
    );
    const pad = {
      harmonic: (k: number, hertz: number) => k ** -1 * brightness(hertz) * (hertz < 300 ? 0.35 : 1),
      attack: 0.3,
      fall: Number.POSITIVE_INFINITY,
      release: 0.5,
    };
    play(
      padLeft,
      chord.map((key) => notes(key + 0.04, 3.9 * beat, 0.8)),
      pad,
      random,
    );
    play(
      padRight,
      chord.map((key) => notes(key - 0.04, 3.9 * beat, 0.8)),
      pad,
      random,
    );
    const sung = {
      harmonic: (k: number, hertz: number) =>
        k ** -0.8 * (Math.exp(-(((hertz - 650) / 350) ** 2)) + 0.3 * Math.exp(-(((hertz - 1300) / 400) ** 2)) + 0.02),
      attack: 0.15,
      fall: 20,
      release: 0.3,
      vibrato: 0.004,
    };
    play(
      choir,
      chord.slice(1).map((key) => notes(key + 12, 3.7 * beat, loud())),
      sung,
      random,
    );
  }

  const lead = empty();
  const melody = [12, 15, 17, 19, 22, 24];
  const lines = beats.flatMap((at, n): Note[] =>
    n % 8 < 6
      ? [
          {
            at,
            long: 0.8 * beat,
            pitch: pitchOf(chordAt(n) + 24 + (melody[Math.floor(melody.length * random())] as number) - 12),
            loud: loud(0.75),
          },
        ]
      : [],
  );
  const voice = (k: number, hertz: number) =>
    k ** -0.7 *
    (Math.exp(-(((hertz - 550) / 350) ** 2)) +
      0.5 * Math.exp(-(((hertz - 1700) / 500) ** 2)) +
      0.25 * Math.exp(-(((hertz - 2900) / 500) ** 2)) +
      0.02);
  play(lead, lines, { harmonic: voice, attack: 0.04, fall: 12, release: 0.12, vibrato: 0.005 }, random);

  const effects = empty();
  for (const at of [8.5, 18.5, 27]) {
    const swell = empty();
    hit(swell, at, { from: 400, to: 300, tone: 0, noise: 0.6, toneFall: 0.2, noiseFall: 1.2 }, random);
    filter(filter(swell, { type: 'high', freq: 800, q: 0.7 }), { type: 'low', freq: 6000, q: 0.7 });
    swell.forEach((value, n) => {
      effects[n] = (effects[n] as number) + value;
    });
  }

  const stems = [
    mono(kick, 'Kick'),
    mono(top, 'Snare Top'),
    mono(bottom, 'Snare Bottom'),
    mono(hats, 'Hats'),
    mono(bass, 'Bass'),
    { name: 'Keys', left: keysLeft, right: keysRight },
    mono(guitar, 'Guitar'),
    { name: 'Pad', left: padLeft, right: padRight },
    mono(inRoom(choir, random, 0.12), 'Choir'),
    mono(inRoom(lead, random, 0.12), 'Lead Vocal'),
    mono(effects, 'FX Swell'),
  ];
  const byName = new Map(stems.map((stem) => [stem.name, stem]));
  return levelled({ seed, stems: byName, sections: SECTIONS }, random);
}

/** A mix of stems at 0 dB, with the band's sections. */
export function mixOfBand({ stems, sections }: Band): Mix {
  const strip = (id: string, kind: Strip['kind']): Strip => ({
    id,
    kind,
    name: stripNameFor(id),
    color: 0,
    order: id,
    stem: kind === 'stem' ? id : null,
    output: kind === 'master' ? null : MASTER,
    vcas: [],
    values: {},
  });
  const names = ['Verse', 'Chorus', 'Last verse'];
  return {
    strips: new Map([...[...stems.keys()].map((id) => [id, strip(id, 'stem')] as const), [MASTER, strip(MASTER, 'master')]]),
    ...{ sends: new Map(), inserts: new Map(), automation: new Map(), presets: new Map() },
    markers: new Map(sections.map((at, n) => [`m${n}`, { id: `m${n}`, name: names[n] ?? `${n}`, at, kind: 'section', color: 0 }])),
    settings: { tempo: 120, metre: [4, 4], key: '' },
  };
}

export function measured({ left, right }: Stem): StripMeasure {
  const meter = new StripMeter(left === right);
  meter.add(left, right);
  return meter.finish();
}

export const soundOf = (measure: StripMeasure): StripSound => ({ before: measure, after: measure });

export function scaled(stem: Stem, gain: number): Stem {
  const times = (samples: Float32Array) => samples.map((sample) => sample * gain);
  const left = times(stem.left);
  return { ...stem, left, right: stem.right === stem.left ? left : times(stem.right) };
}

/** Levels as parts of their kinds usually have them, within a decibel; what has no usual level sits well below the mix. */
function levelled(band: Band, random: () => number): Band {
  const [profile] = PROFILES;
  const sounds = new Map([...band.stems].map(([id, stem]) => [id, soundOf(measured(stem))]));
  const { parts } = songOf(mixOfBand(band), sounds);
  const stems = new Map<string, Stem>();
  for (const { strip, family, loudness } of parts) {
    const stem = band.stems.get(strip.id);
    const second = strip.id === 'Snare Bottom' ? -7 : 0;
    const wanted = -20 + (profile?.levels[family]?.level ?? -14) + second + random() - 0.5;
    if (stem) stems.set(strip.id, scaled(stem, 10 ** ((wanted - loudness) / 20)));
  }
  return { ...band, stems };
}
