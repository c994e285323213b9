import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../lib/protocol';
import { clock, Person, pair, roles } from './staged-room.fixture';

describe('5 roles', () => {
  test("5.1 a listener's updates are left out in silence and never acknowledged; its empty difference is", async () => {
    const { room, one, two } = await pair('ann', 'lis');
    expect(two.saved).toBe(1);
    two.set('room', 'fader', -60);
    await clock.advance(1000);
    two.listen();
    expect([two.saved, two.socket.closed, two.refusal]).toEqual([1, null, undefined]);
    expect(one.listen()).toEqual([]);
    expect(room.read().strips.get('room')?.values).toEqual({});
  });

  test('5.1 a listener who knows of deletions has an empty difference all the same', async () => {
    const { room, one } = await pair();
    one.set('room', 'fader', -3);
    one.set('room', 'fader', -4);
    await clock.advance(8);
    const lis = await new Person(room, 'lis').enter();
    const again = new Person(room, 'lis');
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(lis.doc), again);
    await again.enter();
    expect(again.saved).toBe(1);
  });

  test('5.2 who is removed is closed at once; who becomes a listener stays and can write no more', async () => {
    const { room, one, two } = await pair('ben', 'ann');
    room.setRole('ben', 'listener');
    one.set('room', 'fader', -5);
    await clock.advance(8);
    expect(room.read().strips.get('room')?.values).toEqual({});
    expect(one.socket.closed).toBeNull();
    room.setRole('ben', null);
    expect(one.socket.closed?.code).toBe(CLOSE.forbidden);
    expect(two.socket.closed).toBeNull();
  });

  test('5.3 a role that changed behind our back acts within a second of messages', async () => {
    const { room, one } = await pair('ben', 'ann');
    roles.set('ben', 'listener');
    await clock.advance(1000);
    one.set('room', 'fader', -5);
    await clock.advance(8);
    one.set('room', 'fader', -6);
    await clock.advance(8);
    expect(room.read().strips.get('room')?.values).toEqual({ fader: -5 });
  });

  test('5.4 who may write again is asked for all that was left out', async () => {
    const { room, one, two } = await pair('ben', 'ann');
    roles.set('ben', 'listener');
    room.setRole('ben', 'listener');
    one.set('room', 'fader', -5);
    roles.set('ben', 'mixer');
    room.setRole('ben', 'mixer');
    one.set('room', 'pan', 10);
    expect(one.listen().map(({ what }) => what)).toContain('state-vector');
    await clock.advance(8);
    two.listen();
    one.listen();
    expect(room.read().strips.get('room')?.values).toEqual({ fader: -5, pan: 10 });
    expect([two.fader(), one.saved]).toEqual([-5, 4]);
  });
});
