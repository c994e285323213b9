import { describe, expect, it } from 'vitest';
import { LOUDNESS_TARGETS, PROFILES, type StripMeasure } from '../../analysis';
import type { StemManifest } from '../../media';
import { MASTER, type Mix, type Strip } from '../../mix';
import type { FromCheckWorker, FromMeasureWorker, MeasureJob, ToCheckWorker, ToMeasureWorker } from './messages';
import { MixChecker, type WorkerLine } from './mix-checker';

/** A worker whose answers are given by hand. */
class Hand<To, From> implements WorkerLine<To, From> {
  readonly sent: To[] = [];
  private take: (message: From) => void = () => {};
  ended = false;
  send(message: To): void {
    this.sent.push(message);
  }
  hear(take: (message: From) => void): void {
    this.take = take;
  }
  answer(message: From): void {
    this.take(message);
  }
  end(): void {
    this.ended = true;
  }
}

const [profile, target] = [PROFILES[0], LOUDNESS_TARGETS[0]];
if (!profile || !target) throw new Error('There is no profile or target.');
const options = { profile, target };
const NOTHING = new Float32Array(0);
const measure = {
  ...{
    seconds: 1,
    steps: NOTHING,
    peak: 0,
    clips: 0,
    clippedAt: [],
    bands: NOTHING,
    lows: NOTHING,
    quiet: null,
    envelope: NOTHING,
    thinned: NOTHING,
  },
  ...{ spectrum: new Float64Array(1), left: new Float64Array(1), right: new Float64Array(1), shared: new Float64Array(1) },
} satisfies StripMeasure;

const stem = (id: string): StemManifest => ({
  ...{ frames: 48_000, channels: 1, bits: 16, gain: 1, segments: [id], loudness: -20, segmentLoudness: [-20], truePeak: -3 },
  ...{ stemId: id, segmentBase: '/media/', peaksUrl: '' },
});
const strip = (id: string, values: Strip['values'] = {}): Strip => ({
  ...{ id, kind: 'stem', name: id, color: 0, order: id, stem: id, output: MASTER, vcas: [], values },
});
const mixOf = (...strips: Strip[]): Mix => ({
  strips: new Map([...strips, { ...strip(MASTER), kind: 'master' as const, stem: null, output: null }].map((one) => [one.id, one])),
  ...{ sends: new Map(), inserts: new Map(), markers: new Map(), presets: new Map(), automation: new Map() },
  settings: { tempo: 120, metre: [4, 4], key: '' },
});
const stems = new Map(['a', 'b'].map((id) => [id, stem(id)]));

function table() {
  const measurers = [new Hand<ToMeasureWorker, FromMeasureWorker>()];
  const checker = new Hand<ToCheckWorker, FromCheckWorker>();
  const made = new MixChecker({ measurers, checker });
  const [measurer] = measurers;
  if (!measurer) throw new Error('There is no worker.');
  const jobs = (): MeasureJob[] => measurer.sent.flatMap((message) => (message.do === 'measure' ? [message.job] : []));
  const checks = () => checker.sent.filter((message) => message.do === 'check');
  /** Answers whatever is asked until nothing is. */
  const settle = () => {
    for (let answered = 0; answered < jobs().length; answered++) {
      measurer.answer(
        jobs()[answered]?.of === 'mix' ? { did: 'mix', measure: { integrated: -14, range: 5, truePeak: -2 } } : { did: 'strip', measure },
      );
    }
    checker.answer({ findings: [] });
    checker.answer({ findings: [] });
  };
  return { made, measurer, checker, jobs, checks, settle };
}

describe('a check that is kept up to date', () => {
  it('measures each stem once, and the mix once it has rested', () => {
    const { made, jobs, settle } = table();
    made.look({ mix: mixOf(strip('a'), strip('b')), stems, options });
    settle();
    expect(jobs().map(({ of }) => of)).toEqual(['stem', 'stem']);
    made.rest();
    settle();
    expect(jobs().map(({ of }) => of)).toEqual(['stem', 'stem', 'mix']);
    expect(made.state.get()).toMatchObject({ done: 2, needed: 2, findings: [], master: { integrated: -14 } });
  });

  it('measures no strip after a fader has moved, and checks anew', () => {
    const { made, jobs, checks, settle } = table();
    made.look({ mix: mixOf(strip('a'), strip('b')), stems, options });
    settle();
    const [measured, checked] = [jobs().length, checks().length];
    made.look({ mix: mixOf(strip('a', { fader: -6, pan: 20, mute: 1 }), strip('b')), stems, options });
    expect(checks().length).toBe(checked + 1);
    expect(jobs()).toHaveLength(measured);
  });

  it('measures a strip again when its processing has changed, that one only', () => {
    const { made, jobs, settle } = table();
    made.look({ mix: mixOf(strip('a'), strip('b')), stems, options });
    settle();
    const measured = jobs().length;
    made.look({ mix: mixOf(strip('a', { 'comp.on': 1 }), strip('b')), stems, options });
    expect(jobs().slice(measured)).toMatchObject([{ of: 'strip', strip: 'a' }]);
  });

  it('says which strip could not be measured, and checks the others', () => {
    const { made, measurer, checker, jobs, checks } = table();
    made.look({ mix: mixOf(strip('a'), strip('b')), stems, options });
    measurer.answer({ did: 'fail', why: 'damaged' });
    measurer.answer({ did: 'strip', measure });
    checker.answer({ findings: [] });
    expect(made.state.get().failed).toEqual(new Map([['a', 'damaged']]));
    expect(checks().at(-1)).toMatchObject({ partial: false });
    expect(jobs().length).toBe(2);
  });

  it('tells only what strips show by themselves while some are not measured', () => {
    const { made, measurer, checks } = table();
    made.look({ mix: mixOf(strip('a'), strip('b')), stems, options });
    expect(checks()).toEqual([]);
    measurer.answer({ did: 'strip', measure });
    expect(checks().at(-1)).toMatchObject({ partial: true });
  });

  it('ends its workers', () => {
    const { made, measurer, checker } = table();
    made.close();
    expect([measurer.ended, checker.ended]).toEqual([true, true]);
  });
});
