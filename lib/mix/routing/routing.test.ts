import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MASTER, type Mix, type Send, type Strip, type StripId, sendId } from '../model/mix';
import { mend } from '../repair/mend';
import { processingOrder, wouldLoop } from './graph';
import { soloGates } from './solo';

function mixOf(strips: readonly (Partial<Strip> & { id: StripId })[], sends: readonly (readonly [StripId, StripId])[] = []): Mix {
  const rest = { kind: 'stem', name: 'x', color: 0, order: 'a0', stem: null, output: MASTER, vcas: [], values: {} } as const;
  return mend({
    strips: new Map(strips.map((strip) => [strip.id, { ...rest, ...strip }])),
    sends: new Map(sends.map(([from, to]) => [sendId(from, to), { id: sendId(from, to), from, to, values: {} } satisfies Send])),
    inserts: new Map(),
    markers: new Map(),
    automation: new Map(),
    presets: new Map(),
    settings: { tempo: 120, metre: [4, 4], key: '' },
  });
}

/** Kick and snare in a drum group, a bass beside it; all send to a room; the delay stays whatever is soloed. */
const song = mixOf(
  [
    { id: 'kick', output: 'drums' },
    { id: 'snare', output: 'drums' },
    { id: 'bass' },
    { id: 'drums', kind: 'group' },
    { id: 'room', kind: 'aux' },
    { id: 'delay', kind: 'aux', values: { 'solo.safe': 1 } },
  ],
  [
    ['snare', 'room'],
    ['bass', 'room'],
    ['bass', 'delay'],
  ],
);
const heard = (...soloed: StripId[]) => [...soloGates(song, new Set(soloed)).open].sort();

describe('solo', () => {
  test('nothing soloed: everything is heard', () => {
    expect(heard()).toEqual([...song.strips.keys()].sort());
  });

  test('a strip is heard through its group and its effects; solo-safe strips and the master stay', () => {
    expect(heard('snare')).toEqual(['delay', 'drums', 'master', 'room', 'snare']);
    expect(heard('kick')).toEqual(['delay', 'drums', 'kick', 'master']);
  });

  test('a group is heard with all its members and their effects', () => {
    expect(heard('drums')).toEqual(['delay', 'drums', 'kick', 'master', 'room', 'snare']);
  });

  test('an effect is heard alone, still fed by what sends to it', () => {
    const gates = soloGates(song, new Set(['room']));
    expect([...gates.open].sort()).toEqual(['delay', 'master', 'room']);
    expect([...gates.sendsOnly].sort()).toEqual(['bass', 'snare']);
  });

  test('an effect fed by a group keeps the members of that group going', () => {
    const mix = mixOf(
      [
        { id: 'kick', output: 'drums' },
        { id: 'drums', kind: 'group' },
        { id: 'room', kind: 'aux' },
      ],
      [['drums', 'room']],
    );
    const gates = soloGates(mix, new Set(['room']));
    expect([...gates.open].sort()).toEqual(['kick', 'master', 'room']);
    expect([...gates.sendsOnly]).toEqual(['drums']);
  });

  test('a VCA is all that is assigned to it; an empty one solos nothing', () => {
    const mix = mixOf(
      [
        { id: 'kick', output: 'drums', vcas: ['rhythm'] },
        { id: 'snare', output: 'drums' },
        { id: 'bass', vcas: ['rhythm'] },
        { id: 'drums', kind: 'group' },
        { id: 'room', kind: 'aux' },
        { id: 'rhythm', kind: 'vca' },
        { id: 'empty', kind: 'vca' },
      ],
      [['bass', 'room']],
    );
    const open = (...soloed: StripId[]) => [...soloGates(mix, new Set(soloed)).open].sort();
    expect(open('rhythm')).toEqual(['bass', 'drums', 'kick', 'master', 'room']);
    expect(open('empty')).toEqual([...mix.strips.keys()].sort());
  });

  test('a solo-safe member is heard with its group and its effects, not with the other members', () => {
    const mix = mixOf(
      [
        { id: 'kick', output: 'drums', values: { 'solo.safe': 1 } },
        { id: 'snare', output: 'drums' },
        { id: 'drums', kind: 'group' },
        { id: 'bass' },
        { id: 'room', kind: 'aux' },
      ],
      [
        ['drums', 'room'],
        ['kick', 'room'],
      ],
    );
    const gates = soloGates(mix, new Set(['bass']));
    expect([...gates.open].sort()).toEqual(['bass', 'drums', 'kick', 'master', 'room']);
    expect([...gates.sendsOnly]).toEqual([]);
  });

  test('a soloed effect that feeds another effect is heard through it', () => {
    const mix = mixOf(
      [{ id: 'voice' }, { id: 'delay', kind: 'aux' }, { id: 'room', kind: 'aux' }],
      [
        ['voice', 'delay'],
        ['delay', 'room'],
        ['voice', 'room'],
      ],
    );
    const gates = soloGates(mix, new Set(['delay']));
    expect([...gates.open].sort()).toEqual(['delay', 'master', 'room']);
    expect([...gates.sendsOnly]).toEqual(['voice']);
  });

  test('what only feeds a soloed effect is not heard in any other', () => {
    const gates = soloGates(song, new Set(['room']));
    expect([...gates.closedSends]).toEqual([sendId('bass', 'delay')]);
    expect([...soloGates(song, new Set(['bass'])).closedSends]).toEqual([]);
  });

  test('a group that a compressor listens to goes on unheard, with its members and what they listen to', () => {
    const mix = mixOf(
      [
        { id: 'pad', key: 'drums' },
        { id: 'kick', output: 'drums' },
        { id: 'snare', output: 'drums', key: 'click' },
        { id: 'click' },
        { id: 'drums', kind: 'group' },
        { id: 'room', kind: 'aux' },
        { id: 'bass' },
      ],
      [
        ['pad', 'room'],
        ['kick', 'room'],
        ['drums', 'room'],
      ],
    );
    const gates = soloGates(mix, new Set(['pad']));
    expect([...gates.open].sort()).toEqual(['kick', 'master', 'pad', 'room', 'snare']);
    expect([...gates.sendsOnly]).toEqual([]);
    expect([...gates.closedSends]).toEqual([sendId('kick', 'room')]);
    const dry = soloGates(mix, new Set(['pad']), { effects: false });
    expect([...dry.open].sort()).toEqual(['kick', 'master', 'pad', 'snare']);
    expect([...dry.closedSends].sort()).toEqual([sendId('kick', 'room'), sendId('pad', 'room')]);
  });

  test('an effect that a compressor listens to is fed by sends alone, and heard nowhere', () => {
    const mix = mixOf(
      [{ id: 'pad', key: 'gate' }, { id: 'kick' }, { id: 'gate', kind: 'aux' }, { id: 'room', kind: 'aux' }],
      [
        ['kick', 'gate'],
        ['kick', 'room'],
        ['pad', 'room'],
      ],
    );
    const gates = soloGates(mix, new Set(['pad']));
    expect([...gates.open].sort()).toEqual(['master', 'pad', 'room']);
    expect([...gates.sendsOnly]).toEqual(['kick']);
    expect([...gates.closedSends]).toEqual([sendId('kick', 'room')]);
  });

  test('an effect that is fed by an effect keeps what feeds that one going', () => {
    const mix = mixOf(
      [{ id: 'voice' }, { id: 'delay', kind: 'aux' }, { id: 'room', kind: 'aux' }],
      [
        ['voice', 'delay'],
        ['delay', 'room'],
      ],
    );
    const gates = soloGates(mix, new Set(['room']));
    expect([...gates.open].sort()).toEqual(['master', 'room']);
    expect([...gates.sendsOnly].sort()).toEqual(['delay', 'voice']);
  });

  test('a soloed strip that is gone solos nothing; the master soloed is everything', () => {
    expect(heard('gone')).toEqual(heard());
    expect(heard('master')).toEqual(heard());
  });
});

describe('loops', () => {
  test('a group into its own member, an effect into what feeds it, a strip into itself', () => {
    expect(wouldLoop(song, 'drums', 'kick')).toBe(true);
    expect(wouldLoop(song, 'room', 'snare')).toBe(true);
    expect(wouldLoop(song, 'drums', 'drums')).toBe(true);
    expect(wouldLoop(song, 'bass', 'drums')).toBe(false);
  });
});

describe('the order of processing', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const strip = fc.record({
    id: fc.constantFrom(...ids),
    kind: fc.constantFrom('stem', 'group', 'aux'),
    output: fc.constantFrom(MASTER, ...ids),
    order: fc.constantFrom('a0', 'a1', 'a2'),
  });
  const graphs = fc.tuple(fc.array(strip), fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids))));

  test('each strip comes after all that feeds it, the master last, every strip once', () => {
    fc.assert(
      fc.property(graphs, ([strips, sends]) => {
        const mix = mixOf(strips as { id: StripId }[], sends);
        const order = processingOrder(mix).map(({ id }) => id);
        expect(order.at(-1)).toBe(MASTER);
        expect([...order].sort()).toEqual([...mix.strips.keys()].sort());
        const place = new Map(order.map((id, index) => [id, index]));
        for (const { id, output } of mix.strips.values()) if (output) expect(place.get(id)).toBeLessThan(place.get(output) ?? -1);
        for (const { from, to } of mix.sends.values()) expect(place.get(from)).toBeLessThan(place.get(to) ?? -1);
      }),
    );
  });

  test('the order in which records were read does not matter', () => {
    fc.assert(
      fc.property(graphs, ([strips, sends]) => {
        const once = [...new Map(strips.map((one) => [one.id, one])).values()] as { id: StripId }[];
        const ids = (mix: Mix) => processingOrder(mix).map(({ id }) => id);
        expect(ids(mixOf([...once].reverse(), [...sends].reverse()))).toEqual(ids(mixOf(once, sends)));
      }),
    );
  });
});
