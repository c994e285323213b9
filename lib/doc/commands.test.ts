import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addAux,
  addGroup,
  addMarker,
  addStrip,
  createSend,
  MASTER,
  moveMarker,
  moveStrip,
  removeMarker,
  removeSend,
  removeStrip,
  renameMarker,
  resetProcessor,
  routeStrip,
  setMetre,
  setTempo,
  setValue,
} from '../mix';
import { MixDocument } from './mix-document';
import { newMix } from './new-mix';

/** A new mix with three stems, and what a command does to it. */
function desk() {
  const doc = new Y.Doc();
  newMix(doc);
  const document = new MixDocument(doc);
  const run = (command: (mix: ReturnType<typeof document.mix.get>) => Parameters<typeof document.apply>[0]) => {
    document.apply(command(document.mix.get()));
    return document.mix.get();
  };
  for (const id of ['kick', 'snare', 'bass']) run((mix) => addStrip(mix, { id, name: id, stem: `stem-${id}` }));
  return { doc, document, run, order: () => [...document.mix.get().strips.keys()] };
}

describe('strips', () => {
  test('are added last or before another, coloured in turn', () => {
    const { run, order } = desk();
    run((mix) => addStrip(mix, { id: 'hat', name: 'Hat', stem: null, before: 'snare' }));
    expect(order()).toEqual(['room', 'delay', 'kick', 'hat', 'snare', 'bass', 'master']);
    expect(run(() => []).strips.get('bass')).toMatchObject({ kind: 'stem', color: 4, stem: 'stem-bass', output: MASTER });
  });

  test('moved anywhere, any number of times, are where they were put', () => {
    const ids = ['room', 'delay', 'kick', 'snare', 'bass'];
    const moves = fc.array(fc.tuple(fc.constantFrom(...ids), fc.option(fc.constantFrom(...ids))), { maxLength: 60 });
    fc.assert(
      fc.property(moves, (list) => {
        const { run, order } = desk();
        const expected = [...ids];
        for (const [id, before] of list) {
          if (id === before) continue;
          expected.splice(expected.indexOf(id), 1);
          expected.splice(before === null ? expected.length : expected.indexOf(before), 0, id);
          run((mix) => moveStrip(mix, id, before));
        }
        expect(order()).toEqual([...expected, MASTER]);
      }),
      { numRuns: 40 },
    );
  });

  test('with one order, as when several people add at once, still go where they are put', () => {
    const { document, run, order } = desk();
    document.apply(['kick', 'snare', 'bass', 'room', 'delay'].map((id) => ({ do: 'put', map: 'strips', id, fields: { order: 'a0' } })));
    expect(order()).toEqual(['bass', 'delay', 'kick', 'room', 'snare', 'master']);
    run((mix) => moveStrip(mix, 'snare', 'delay'));
    expect(order()).toEqual(['bass', 'snare', 'delay', 'kick', 'room', 'master']);
  });

  test('put into the same gap a thousand times keep short keys', () => {
    const { document, run } = desk();
    for (let count = 0; count < 1000; count++) run((mix) => moveStrip(mix, count % 2 ? 'kick' : 'bass', 'snare'));
    for (const { order } of document.mix.get().strips.values()) expect(order.length).toBeLessThanOrEqual(101);
  });

  test('a group takes in its members; removing it sends them where it went', () => {
    const { run } = desk();
    const grouped = run((mix) => addGroup(mix, { id: 'drums', name: 'Drums' }, ['kick', 'snare']));
    expect(grouped.strips.get('kick')?.output).toBe('drums');
    expect(run((mix) => removeStrip(mix, 'drums')).strips.get('kick')?.output).toBe(MASTER);
  });

  test('an aux comes with its effect; removing it takes the sends and the effect along', () => {
    const { run } = desk();
    run((mix) => addAux(mix, { id: 'hall', name: 'Hall' }, { id: 'hall-fx', type: 'reverb' }));
    expect(run((mix) => createSend(mix, 'kick', 'hall', -6)).sends.get('kick>hall')?.values).toEqual({ level: -6 });
    const after = run((mix) => removeStrip(mix, 'hall'));
    expect([after.sends.size, after.inserts.has('hall-fx')]).toEqual([0, false]);
  });

  test('the master can be neither moved nor removed nor routed', () => {
    const { document } = desk();
    const mix = document.mix.get();
    expect([moveStrip(mix, MASTER, 'kick'), removeStrip(mix, MASTER), routeStrip(mix, MASTER, 'room')]).toEqual([[], [], []]);
  });

  test('a loop is refused, by outputs and by sends', () => {
    const { run, document } = desk();
    run((mix) => addGroup(mix, { id: 'g1', name: 'One' }));
    run((mix) => addGroup(mix, { id: 'g2', name: 'Two' }, ['g1']));
    run((mix) => createSend(mix, 'g1', 'room'));
    const mix = document.mix.get();
    expect(routeStrip(mix, 'g2', 'g1')).toEqual([]);
    expect(routeStrip(mix, 'room', 'g1')).toEqual([]);
    expect(createSend(mix, 'room', 'room')).toEqual([]);
  });
});

describe('values', () => {
  const fader = { on: 'strip', id: 'kick', parameter: 'fader' } as const;

  test('are brought into range; a default is kept as nothing', () => {
    const { run } = desk();
    expect(run((mix) => setValue(mix, fader, 99)).strips.get('kick')?.values).toEqual({ fader: 10 });
    expect(run((mix) => setValue(mix, fader, 0)).strips.get('kick')?.values).toEqual({});
  });

  test('of a send that is not there make it; of a strip that is not there do nothing', () => {
    const { run, document } = desk();
    const mix = run((now) => setValue(now, { on: 'send', id: 'kick>room', parameter: 'level' }, -12));
    expect(mix.sends.get('kick>room')?.values).toEqual({ level: -12 });
    expect(run((now) => removeSend(now, 'kick>room')).sends.size).toBe(0);
    expect(setValue(document.mix.get(), { ...fader, id: 'gone' }, -3)).toEqual([]);
  });

  test('of one processor are reset without touching the others', () => {
    const { run } = desk();
    run((mix) => setValue(mix, { ...fader, parameter: 'eq.1.gain' }, 3));
    run((mix) => setValue(mix, { ...fader, parameter: 'comp.on' }, 1));
    expect(run((mix) => resetProcessor(mix, 'kick', 'eq')).strips.get('kick')?.values).toEqual({ 'comp.on': 1 });
  });
});

test('markers and tempo', () => {
  const { run } = desk();
  run(() => addMarker({ id: 'm', name: 'Verse', at: 12, kind: 'section' }));
  run((mix) => moveMarker(mix, 'm', 14));
  expect(run((mix) => renameMarker(mix, 'm', ' Chorus ')).markers.get('m')).toMatchObject({ name: 'Chorus', at: 14, kind: 'section' });
  expect(run((mix) => removeMarker(mix, 'm')).markers.size).toBe(0);
  run(() => setTempo(1000));
  expect(run(() => setMetre(7, 8)).settings).toMatchObject({ tempo: 400, metre: [7, 8] });
});
