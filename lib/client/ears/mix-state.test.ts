import { expect, it } from 'vitest';
import { MASTER, type Mix, type Strip } from '../../mix';
import { mixState } from './mix-state';

const strip = (id: string, more: Partial<Strip> = {}): Strip => ({
  ...{ id, kind: 'stem', name: id, color: 0, order: id, stem: id, output: MASTER, vcas: [], values: {} },
  ...more,
});
const mixOf = (strips: readonly Strip[], more: Partial<Mix> = {}): Mix => ({
  strips: new Map(strips.map((one) => [one.id, one])),
  ...{ sends: new Map(), inserts: new Map(), markers: new Map(), presets: new Map(), automation: new Map() },
  settings: { tempo: 120, metre: [4, 4], key: '' },
  ...more,
});
const state = mixState(mixOf([strip('a', { values: { fader: -3, pan: 10 } }), strip('b')]));

it('does not depend on the order in which a mix came to be', async () => {
  expect(await mixState(mixOf([strip('b'), strip('a', { values: { pan: 10, fader: -3 } })]))).toBe(await state);
  expect(await state).toMatch(/^[0-9a-f]{16}$/);
});

it('knows nothing of names, colours, markers and the key of the song', async () => {
  const named = mixOf([strip('a', { name: 'Bass', color: 4, values: { fader: -3, pan: 10 } }), strip('b')], {
    markers: new Map([['m', { id: 'm', name: 'Verse', at: 4, kind: 'section', color: 1 }]]),
    settings: { tempo: 120, metre: [4, 4], key: 'D minor' },
  });
  expect(await mixState(named)).toBe(await state);
});

it('is another one for whatever sounds otherwise', async () => {
  const a = strip('a', { values: { fader: -3, pan: 10 } });
  const point = { id: 'p', at: 1, value: -6, curve: 'linear' } as const;
  const lane = { id: 'strip/a/fader', target: { on: 'strip', id: 'a', parameter: 'fader' }, read: true, points: [point] } as const;
  const others = [
    mixOf([strip('a', { values: { fader: -3.01, pan: 10 } }), strip('b')]),
    mixOf([strip('a', { values: { fader: -3, pan: 10 }, stem: null }), strip('b')]),
    mixOf([a]),
    mixOf([a, strip('b')], { sends: new Map([['a>b', { id: 'a>b', from: 'a', to: 'b', values: {} }]]) }),
    mixOf([a, strip('b')], { inserts: new Map([['i', { id: 'i', strip: 'a', type: 'reverb', order: 'a0', values: {} }]]) }),
    mixOf([a, strip('b')], { automation: new Map([[lane.id, lane]]) }),
    mixOf([a, strip('b')], { settings: { tempo: 121, metre: [4, 4], key: '' } }),
  ];
  const states = await Promise.all(others.map(mixState));
  expect(new Set([await state, ...states]).size).toBe(others.length + 1);
});
