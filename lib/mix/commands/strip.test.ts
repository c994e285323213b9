import { expect, test } from 'vitest';
import { type Insert, MASTER, type Mix, type Send, type Strip, sendId } from '../model/mix';
import type { Change } from './change';
import { addInsert, removeStrip, renameStrip, resetProcessor, resetStrip, routeStrip } from './strip';

const strip = (id: string, more: Partial<Strip> = {}): Strip => {
  return { id, kind: 'stem', name: id, color: 0, order: 'a0', stem: null, output: MASTER, vcas: [], values: {}, ...more };
};

function mixOf(strips: readonly Strip[], sends: readonly Send[] = [], inserts: readonly Insert[] = []): Mix {
  const master = strip(MASTER, { kind: 'master', output: null });
  return {
    strips: new Map([...strips, master].map((one) => [one.id, one])),
    sends: new Map(sends.map((send) => [send.id, send])),
    inserts: new Map(inserts.map((insert) => [insert.id, insert])),
    markers: new Map(),
    automation: new Map(),
    presets: new Map(),
    settings: { tempo: 120, metre: [4, 4], key: '' },
  };
}

const send = (from: string, to: string, level: number): Send => ({ id: sendId(from, to), from, to, values: { level } });
const reverb = (id: string, on: string, order = 'a0'): Insert => ({ id, strip: on, type: 'reverb', order, values: { decay: 3 } });
const gone = (changes: readonly Change[]) => changes.flatMap((change) => (change.do === 'remove' ? [`${change.map} ${change.id}`] : []));

test('a blank name is no name', () => {
  expect(renameStrip('kick', '   ')).toEqual([]);
  expect(renameStrip('kick', ' Kick in ')).toEqual([{ do: 'put', map: 'strips', id: 'kick', fields: { name: 'Kick in' } }]);
});

test('a reset strip keeps its name, colour and routing, and loses every setting of its own, its sends and its inserts', () => {
  const mix = mixOf(
    [strip('kick', { values: { fader: -6, 'eq.1.gain': 3 } }), strip('bass', { values: { fader: -3 } }), strip('room', { kind: 'aux' })],
    [send('kick', 'room', -12), send('bass', 'room', -9)],
    [reverb('r', 'kick')],
  );
  expect(resetStrip(mix, 'kick')).toEqual([
    { do: 'put', map: 'strips', id: 'kick', fields: { fader: undefined, 'eq.1.gain': undefined } },
    { do: 'put', map: 'sends', id: 'kick>room', fields: { level: undefined } },
    { do: 'put', map: 'inserts', id: 'r', fields: { decay: undefined } },
  ]);
  expect(resetStrip(mix, 'room')).toEqual([]);
});

test('resetting the EQ leaves the compressor alone', () => {
  const mix = mixOf([strip('kick', { values: { 'eq.2.gain': 3, 'eq.on': 0, 'comp.on': 1 } })]);
  expect(resetProcessor(mix, 'kick', 'eq')).toEqual([
    { do: 'put', map: 'strips', id: 'kick', fields: { 'eq.on': undefined, 'eq.2.gain': undefined } },
  ]);
  expect(resetProcessor(mix, 'kick', 'gate')).toEqual([]);
});

test('a strip is never routed in a loop, nor the master anywhere', () => {
  const mix = mixOf([strip('drums', { kind: 'group', output: 'band' }), strip('band', { kind: 'group' })]);
  expect(routeStrip(mix, 'band', 'drums')).toEqual([]);
  expect(routeStrip(mix, MASTER, 'band')).toEqual([]);
  expect(routeStrip(mix, 'drums', MASTER)).toEqual([{ do: 'put', map: 'strips', id: 'drums', fields: { output: MASTER } }]);
});

test('a removed group takes its sends and inserts along; its members go where it went', () => {
  const mix = mixOf(
    [
      strip('kick', { output: 'drums' }),
      strip('drums', { kind: 'group', output: 'band' }),
      strip('band', { kind: 'group' }),
      strip('room', { kind: 'aux' }),
    ],
    [send('drums', 'room', -9), send('kick', 'room', -9)],
    [reverb('r', 'drums')],
  );
  const changes = removeStrip(mix, 'drums');
  expect(gone(changes)).toEqual(['sends drums>room', 'inserts r', 'strips drums']);
  expect(changes).toContainEqual({ do: 'put', map: 'strips', id: 'kick', fields: { output: 'band' } });
  expect(removeStrip(mix, MASTER)).toEqual([]);
});

test('a new insert comes last; on an effect return it is all effect', () => {
  const mix = mixOf([strip('kick'), strip('room', { kind: 'aux' })], [], [reverb('a', 'kick', 'a0'), reverb('b', 'kick', 'a1')]);
  const [onKick] = addInsert(mix, 'kick', 'delay');
  const [onRoom] = addInsert(mix, 'room', 'delay');
  expect(onKick?.do === 'put' && onKick.fields).toEqual({ strip: 'kick', type: 'delay', order: 'a2', mix: 33 });
  expect(onRoom?.do === 'put' && onRoom.fields).toEqual({ strip: 'room', type: 'delay', order: 'a0' });
  expect(addInsert(mix, 'nobody', 'delay')).toEqual([]);
});
