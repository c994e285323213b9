import { describe, expect, it } from 'vitest';
import type { MixdownOptions, MixdownSource } from '../../../lib/audio';
import { MASTER, type Mix, type Strip } from '../../../lib/mix';
import { FIRST_CHOICES } from './choices';
import { makeExport, shortOfGoal, stripsToExport } from './make-export';

const strip = (id: string, more: Partial<Strip> = {}): Strip => ({
  ...{ id, kind: 'stem', name: id, color: 0, order: id, stem: id, output: MASTER, vcas: [], values: {} },
  ...more,
});
const strips = [
  strip('Kick', { output: 'drums' }),
  strip('Bass'),
  strip('Empty', { stem: null }),
  strip('drums', { kind: 'group', stem: null, name: 'Drums' }),
  strip('room', { kind: 'aux', stem: null }),
  strip(MASTER, { kind: 'master', stem: null, output: null }),
];
const mix: Mix = {
  strips: new Map(strips.map((one) => [one.id, one])),
  sends: new Map(),
  inserts: new Map(),
  markers: new Map(),
  automation: new Map(),
  presets: new Map(),
  settings: { tempo: 120, metre: [4, 4], key: '' },
};

const source: MixdownSource = { mix, stems: new Map(), length: 12 };

/** Notes what it is asked for, and renders nothing. */
function exportable() {
  const asked: MixdownOptions[] = [];
  let now = source;
  const engine = {
    source: () => now,
    async mixdown(options: MixdownOptions, progress: (done: number) => void) {
      asked.push(options);
      // Somebody removes everything while it is made.
      now = { ...source, mix: { ...mix, strips: new Map() } };
      progress(1);
      return { file: new Blob(['sound']), integrated: -14, truePeak: -1, gain: 0, seconds: 12 };
    },
  };
  return { asked, from: { engine, title: 'Slow: Ferry', loop: { from: 4, until: 8 } } };
}
const cancel = new AbortController().signal;

describe('an export', () => {
  it('of strips takes those with a stem; of groups those that go to the master', () => {
    const ids = (what: 'stems' | 'groups') => stripsToExport(mix, what).map(({ id }) => id);
    expect(ids('stems')).toEqual(['Kick', 'Bass']);
    expect(ids('groups')).toEqual(['Bass', 'drums']);
  });

  it('of the mix is one file with the title’s name', async () => {
    const { asked, from } = exportable();
    const { name, levels } = await makeExport(from, { ...FIRST_CHOICES, format: 'mp3', level: '-14', tail: '2' }, () => {}, cancel);
    expect(name).toBe('Slow- Ferry.mp3');
    expect(levels?.integrated).toBe(-14);
    expect(asked).toEqual([{ source, format: { as: 'mp3', kbps: 320 }, tail: 2, normalise: { to: 'loudness', target: -14, ceiling: -1 } }]);
  });

  it('of strips is a ZIP with a numbered file each, of the loop where that is asked', async () => {
    const { asked, from } = exportable();
    const told: number[] = [];
    const choices = { ...FIRST_CHOICES, what: 'stems', range: 'loop', effects: false } as const;
    const exported = await makeExport(from, choices, (done) => void told.push(done), cancel);
    expect(asked.map(({ part, from: start, until }) => [part?.strip, part?.effects, start, until])).toEqual([
      ['Kick', false, 4, 8],
      ['Bass', false, 4, 8],
    ]);
    expect(asked.map((options) => options.source)).toEqual([source, source]);
    expect(told).toEqual([0.5, 1]);
    expect(exported).toMatchObject({ name: 'Slow- Ferry stems.zip', files: 2, levels: null });
    const text = Buffer.from(await exported.file.arrayBuffer()).toString('latin1');
    expect(text).toContain('01 Kick.wav');
    expect(text).toContain('02 Bass.wav');
  });

  it('of a stretch that was typed is that stretch, and no longer than the song', async () => {
    const { asked, from } = exportable();
    const typed = (start: string, until: string) => ({ ...FIRST_CHOICES, range: 'range', typed: { from: start, until } }) as const;
    await makeExport(from, typed('0:02.5', '0:09'), () => {}, cancel);
    await makeExport(from, typed('3', '2:00'), () => {}, cancel);
    expect(asked.map(({ from: start, until }) => [start, until])).toEqual([
      [2.5, 9],
      [3, 12],
    ]);
    for (const [start, until, why] of [
      ['5', '0:05', /after the beginning/],
      ['1:00', '2:00', /is over before/],
      ['a while', '9', /minutes and seconds/],
    ] as const) {
      await expect(makeExport(from, typed(start, until), () => {}, cancel)).rejects.toThrow(why);
    }
    expect(asked).toHaveLength(2);
  });

  it('of strips leaves their levels as they sound, for they would no longer add up', async () => {
    const { asked, from } = exportable();
    await makeExport(from, { ...FIRST_CHOICES, what: 'groups', level: '-14' }, () => {}, cancel);
    expect(asked.map(({ normalise }) => normalise)).toEqual([undefined, undefined]);
  });
});

describe('a loudness that the peaks do not allow', () => {
  const goal = { to: 'loudness', target: -14, ceiling: -1 } as const;
  const short = (integrated: number) => shortOfGoal({ goal, levels: { integrated, truePeak: -1, gain: 5 } });

  it('is said with how much is missing, and what to do', () => {
    expect(short(-15.04)).toBe(
      'It stays 1.0 dB below −14.0 LUFS: its peaks come to −1.0 dBTP first. More limiter gain on the master makes room.',
    );
  });

  it('is not said of a file that came there, or that was to come nowhere', () => {
    expect(short(-14.04)).toBeNull();
    expect(shortOfGoal({ goal: null, levels: { integrated: -20, truePeak: -1, gain: 0 } })).toBeNull();
    expect(shortOfGoal({ goal: { to: 'peak', target: -1 }, levels: { integrated: -20, truePeak: -1, gain: 3 } })).toBeNull();
  });
});
