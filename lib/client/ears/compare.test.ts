import { expect, it } from 'vitest';
import type { Ears } from '../../protocol';
import { type Compared, compareEars, type Listener } from './compare';
import { plainEars } from './ears.fixture';

const MIX = '00000000000000aa';
const OTHER = '00000000000000bb';
const PRINT = '1111111111111111';
const WRONG = '2222222222222222';

const listener = (client: number, change: Partial<Ears> | null): Listener => ({
  client,
  me: client === 1,
  ears: change && { ...plainEars, mix: MIX, ...change },
});
const what = ({ findings }: Compared) => findings.map((finding) => finding.what);
const all = (...changes: (Partial<Ears> | null)[]) => compareEars(changes.map((change, at) => listener(at + 1, change)));

it('the same mix with nothing wrong is the same, and alike once two have the same samples', () => {
  expect(all({}, {}).map(({ verdict }) => verdict)).toEqual(['same', 'same']);
  expect(all({ print: PRINT }, {}).map(({ verdict }) => verdict)).toEqual(['same', 'same']);
  expect(all({ print: PRINT }, { print: PRINT }, {}).map(({ verdict }) => verdict)).toEqual(['alike', 'alike', 'same']);
});

it('who lacks stems is told of with why, also before the sound has started', () => {
  const lacks = [{ stem: 'bass', why: 'loading' }] as const;
  const [, ben] = all({}, { sound: 'off', lacking: 1, lacks: [...lacks] });
  expect(ben?.findings).toEqual([{ what: 'stems', lacking: 1, lacks }]);
});

it('another mix is the one that fewer have', () => {
  const answers = all({ mix: OTHER }, {}, {});
  expect(answers.map(what)).toEqual([['mix'], [], []]);
});

it('of two mixes that of who has nothing unsaved counts, else mine', () => {
  expect(all({ mix: OTHER, unsaved: 3 }, {})[0]?.findings).toEqual([{ what: 'mix', unsaved: 3 }]);
  expect(all({ unsaved: 3 }, { mix: OTHER }).map(what)).toEqual([['mix'], []]);
  expect(all({ mix: OTHER }, {}).map(what)).toEqual([[], ['mix']]);
});

it('a mix that moves is compared with nothing', () => {
  expect(all({ mix: null }, {}, { mix: null }).map(what)).toEqual([[], [], []]);
});

it('prints are compared among those with the same mix alone', () => {
  expect(all({ print: PRINT }, { print: PRINT }, { print: WRONG }).map(what)).toEqual([[], [], ['samples']]);
  expect(all({ print: PRINT }, { print: PRINT }, { mix: OTHER, print: WRONG }).map(what)).toEqual([[], [], ['mix']]);
});

it('what one does with the sound oneself counts while it sounds', () => {
  const change: Partial<Ears> = { ways: ['solo', 'mono'], gaps: 4, moved: 3 };
  expect(all({}, change)[1]?.findings).toEqual([
    { what: 'ways', ways: ['solo', 'mono'] },
    { what: 'gaps', count: 4 },
    { what: 'moved', count: 3 },
  ]);
  expect(all({}, { ...change, sound: 'off' })[1]).toEqual({ client: 2, findings: [], verdict: 'silent' });
});

it('no sound and missing effects are told of; level, device, latency and a start put right are no difference', () => {
  expect(all({}, { sound: 'failed' }, { effects: 2 }).map(what)).toEqual([[], ['failed'], ['effects']]);
  expect(all({}, { rate: 44_100, latency: 200, nudge: 180, moved: 2 }).map(what)).toEqual([[], []]);
});

it('a program that does not say is neither alike nor different', () => {
  expect(all({}, null)[1]).toEqual({ client: 2, findings: [], verdict: 'unknown' });
});
