import {
  addInsert,
  addPoint,
  type Change,
  createSend,
  insertsOf,
  MASTER,
  type Mix,
  setTempo,
  setValue,
  stripForStem,
  type Target,
  type Values,
} from '../../../lib/mix';
import { CommandedMix } from '../../support/commanded-mix';

/** The stems of the demo song, in its order. */
export const STEMS = [
  '01_Kick',
  '02_Snare_Top',
  '03_Snare_Bottom',
  '04_Hats_Cymbals',
  '05_Perc_Toms',
  '06_Bass',
  '07_EPiano',
  '08_Guitar',
  '09_Pad',
  '10_Lead',
  '11_Choir',
  '12_FX',
] as const;
export type StemName = (typeof STEMS)[number];

/** Seconds at which a bar begins, at 102 beats a minute; the first is 1. */
export const startOfBar = (bar: number): number => ((bar - 1) * 4 * 60) / 102;

/** The song's mix, to which commands are applied. */
class Session extends CommandedMix {
  constructor() {
    super();
    for (const id of STEMS) this.do(stripForStem(this.mix, { id, filename: `${id}.flac` }));
    this.do(setTempo(102));
  }

  strip(id: string, values: Values): void {
    for (const [parameter, value] of Object.entries(values)) this.do(setValue(this.mix, { on: 'strip', id, parameter }, value));
  }

  send(from: string, to: 'room' | 'delay', level: number): void {
    this.do(createSend(this.mix, from, to, level));
  }

  insert(strip: string, type: Parameters<typeof addInsert>[2], values: Values): void {
    this.do(addInsert(this.mix, strip, type));
    const id = insertsOf(this.mix, strip).at(-1)?.id ?? '';
    for (const [parameter, value] of Object.entries(values)) this.do(setValue(this.mix, { on: 'insert', id, parameter }, value));
  }

  /** Straight lines through points of seconds and value. */
  ride(target: Target, points: readonly (readonly [number, number])[]): void {
    for (const [at, value] of points) this.do(addPoint(this.mix, target, { at, value, curve: 'linear' }));
  }
}

/** The song as a session opens it: every fader at 0 dB. */
export function rawMix(): Mix {
  return new Session().mix;
}

/** The song as a session opens it, with changes that somebody makes of it one after the other. */
export function changedMix(changes: (mix: Mix) => Iterable<readonly Change[]>): Mix {
  const session = new Session();
  for (const one of changes(session.mix)) session.do(one);
  return session.mix;
}

/** Values of one bell of a strip's equaliser, or of an equaliser as an effect. */
const bell = (band: number, freq: number, gain: number, q: number): Values => ({
  [`eq.${band}.type`]: 0,
  [`eq.${band}.freq`]: freq,
  [`eq.${band}.gain`]: gain,
  [`eq.${band}.q`]: q,
});

const highPass = (freq: number): Values => ({ 'hpf.on': 1, 'hpf.freq': freq });

const comp = (values: Values): Values => ({
  'comp.on': 1,
  ...Object.fromEntries(Object.entries(values).map(([id, value]) => [`comp.${id}`, value])),
});

function mixDrums(session: Session): void {
  session.strip('01_Kick', {
    ...highPass(30),
    ...bell(1, 60, 2, 1.2),
    ...bell(2, 350, -4, 1.2),
    ...bell(5, 3800, 3, 1.01),
    ...comp({ threshold: -30, attack: 12, release: 90, knee: 4, makeup: 7 }),
    fader: 6.5,
  });
  session.strip('02_Snare_Top', {
    ...highPass(90),
    ...bell(2, 210, 2, 1.2),
    ...bell(3, 700, -2, 1.5),
    ...comp({ threshold: -20, attack: 8, knee: 4 }),
    fader: 5.5,
  });
  session.send('02_Snare_Top', 'room', -14);
  // The microphone below hears the skin move the other way round.
  session.strip('03_Snare_Bottom', { polarity: 1, ...highPass(180), ...bell(5, 5200, 2, 1.01), fader: -4 });
  session.strip('04_Hats_Cymbals', { ...highPass(350), ...bell(5, 7200, -11, 3), fader: -1.5, pan: 22 });
  session.strip('05_Perc_Toms', { ...highPass(70), fader: -3, width: 90 });
  session.send('05_Perc_Toms', 'room', -18);
}

function mixBand(session: Session): void {
  session.strip('06_Bass', {
    ...highPass(35),
    ...bell(1, 98, -4, 4),
    ...bell(2, 250, -6.5, 0.9),
    ...bell(4, 900, 3, 1.01),
    ...comp({ threshold: -24, ratio: 5, attack: 6, release: 140, knee: 5, makeup: 4.6 }),
    fader: 0.5,
  });
  session.strip('07_EPiano', { ...highPass(110), ...bell(2, 300, -6.5, 0.8), ...bell(4, 2200, 3, 0.8) });
  session.send('07_EPiano', 'room', -20);
  // Hum: narrow cuts at its harmonics. Hiss: an expander between the notes.
  session.insert('08_Guitar', 'eq', {
    ...bell(1, 100, -18, 14),
    ...bell(2, 150, -18, 16),
    ...bell(3, 250, -16, 18),
    ...bell(4, 350, -12, 18),
    ...bell(5, 450, -12, 18),
  });
  session.insert('08_Guitar', 'gate', { threshold: -33, ratio: 4, range: -20, attack: 3, release: 160, hysteresis: 0 });
  session.insert('08_Guitar', 'compressor', { threshold: -32, ratio: 2.5, release: 121 });
  session.strip('08_Guitar', { ...highPass(100), 'hpf.slope': 3, fader: 6.5, pan: -45 });
  session.send('08_Guitar', 'room', -18);
  session.strip('09_Pad', { ...highPass(220), ...bell(2, 290, -6, 0.7), ...bell(4, 1800, 2, 0.7), fader: -4, width: 125 });
  session.send('09_Pad', 'room', -20);
}

function mixVoices(session: Session): void {
  session.strip('10_Lead', { ...highPass(180), ...bell(4, 2800, -4, 1.2), ...comp({ threshold: -22, release: 150, knee: 5 }) });
  session.send('10_Lead', 'room', -10);
  session.send('10_Lead', 'delay', -16);
  const [soft, loud] = [-1, 2.5];
  const fader: Target = { on: 'strip', id: '10_Lead', parameter: 'fader' };
  const [chorus, bridge, last] = [startOfBar(17) - 0.15, startOfBar(25) - 0.15, startOfBar(29) - 0.15];
  session.ride(fader, [
    [0, soft],
    [chorus - 0.1, soft],
    [chorus, loud],
    [bridge - 0.1, loud],
    [bridge, soft],
    [last - 0.1, soft],
    [last, loud],
  ]);
  session.strip('11_Choir', { ...highPass(180), ...bell(5, 3500, 2, 0.8), fader: 5.5, width: 110 });
  session.send('11_Choir', 'room', -12);
  session.strip('12_FX', highPass(35));
  const [riser, end] = [startOfBar(15) - 0.2, startOfBar(17) - 0.02];
  session.ride({ on: 'strip', id: '12_FX', parameter: 'fader' }, [
    [0, -5],
    [riser - 0.05, -5],
    [riser, -14],
    [end, -14],
    [end + 0.05, -5],
  ]);
  // The room grows with the chorus.
  session.ride({ on: 'insert', id: 'room-reverb', parameter: 'decay' }, [
    [0, 1.4],
    [startOfBar(16), 1.4],
    [startOfBar(17), 2],
  ]);
}

/** The song with every planted fault mended, by the commands that hands call in the page: effects, sends and automation. */
export function mendedMix(): Mix {
  const session = new Session();
  mixDrums(session);
  mixBand(session);
  mixVoices(session);
  session.insert(MASTER, 'compressor', { threshold: -16, ratio: 1.8, attack: 25, release: 180, detector: 1 });
  session.strip(MASTER, {
    ...highPass(25),
    ...bell(2, 260, -1, 0.8),
    'eq.6.gain': 2.5,
    'limiter.gain': 5.9,
    'limiter.ceiling': -1.3,
  });
  return session.mix;
}
