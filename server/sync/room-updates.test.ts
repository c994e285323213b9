import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../lib/protocol';
import { settled } from './hand-driven';
import { LIMITS } from './limits';
import { clock, log, openRoom, Person, pair } from './staged-room.fixture';

describe('3 updates', () => {
  test('3.1 nobody sees a change, and nobody is told that it is saved, before it is on disk', async () => {
    const { one, two } = await pair();
    const open = log.close();
    one.set('room', 'fader', -6);
    await clock.advance(100);
    expect([one.listen(), two.listen()]).toEqual([[], []]);
    open();
    await settled();
    expect(two.listen().map(({ what }) => what)).toEqual(['update']);
    expect(two.fader()).toBe(-6);
    expect(one.listen()).toEqual([{ what: 'saved', n: 2 }]);
  });

  test('3.2 everything within 8 ms, in all rooms, is one transaction', async () => {
    const { one, two } = await pair();
    const other = openRoom(LIMITS, 'other');
    const elsewhere = await new Person(other, 'ann').enter();
    const before = log.batches.length;
    one.set('room', 'fader', -6);
    two.set('delay', 'fader', -7);
    elsewhere.set('room', 'fader', -8);
    await clock.advance(8);
    expect(log.batches.slice(before).map((batch) => batch.map(({ sessionId }) => sessionId))).toEqual([['song', 'song', 'other']]);
  });

  test('3.2 who wrote each update, and with which client id, is on disk with it', async () => {
    const { one } = await pair();
    one.set('room', 'fader', -6);
    await clock.advance(8);
    expect(log.batches.at(-1)?.[0]).toMatchObject({ userId: 'ann', clientId: one.doc.clientID, sessionId: 'song' });
  });

  test('3.4 when a commit fails nobody sees it, its sender is sent away, and brings it again', async () => {
    const { room, one, two } = await pair();
    log.failNext = new Error('disk full');
    one.set('room', 'fader', -6);
    await clock.advance(8);
    expect(one.socket.closed?.code).toBe(CLOSE.overloaded);
    expect(two.listen()).toEqual([]);
    two.set('delay', 'fader', -2);
    await clock.advance(8);
    two.listen();
    expect(two.saved).toBe(2);
    const again = new Person(room, 'ann');
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(one.doc), again);
    await again.enter();
    two.listen();
    expect([two.fader('room'), again.fader('delay'), again.saved]).toEqual([-6, -2, 1]);
  });

  test('3.5 what is sent again while it is under way is acknowledged only when it is on disk', async () => {
    const { room, one } = await pair();
    const open = log.close();
    one.set('room', 'fader', -6);
    const again = new Person(room, 'ann');
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(one.doc), again);
    again.listen();
    await clock.advance(20);
    again.listen();
    expect(again.saved).toBe(0);
    open();
    await settled();
    await clock.advance(8);
    again.listen();
    expect(again.saved).toBe(1);
  });

  test('3.6 the updates of one commit go out as one; who wrote all of it does not get it back', async () => {
    const { one, two } = await pair();
    one.set('room', 'fader', -6);
    one.set('room', 'fader', -7);
    await clock.advance(8);
    expect(two.listen().map(({ what }) => what)).toEqual(['update']);
    expect(one.listen()).toEqual([{ what: 'saved', n: 3 }]);
    expect(two.fader()).toBe(-7);
  });
});
