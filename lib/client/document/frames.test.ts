import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, describe, expect, it } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { MESSAGE } from '../../protocol';
import { onlyOwnEntry, readIncoming, readOutgoing } from './frames';

const open: Awareness[] = [];
const awareness = () => {
  const made = new Awareness(new Y.Doc());
  open.push(made);
  return made;
};
afterEach(() => {
  for (const one of open.splice(0)) one.destroy();
});

const frame = (type: number, write: (encoder: encoding.Encoder) => void) => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
};
const awarenessFrame = (update: Uint8Array) => frame(MESSAGE.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update));

describe('frames', () => {
  it('tells updates and differences from all else that goes out', () => {
    const doc = new Y.Doc();
    doc.getMap('m').set('a', 1);
    const update = Y.encodeStateAsUpdate(doc);
    expect(readOutgoing(frame(MESSAGE.sync, (e) => sync.writeUpdate(e, update)))).toEqual({ kind: 'update', update });
    expect(readOutgoing(frame(MESSAGE.sync, (e) => sync.writeSyncStep2(e, doc)))).toEqual({ kind: 'difference' });
    expect(readOutgoing(frame(MESSAGE.sync, (e) => sync.writeSyncStep1(e, doc)))).toEqual({ kind: 'other' });
    expect(readOutgoing(frame(MESSAGE.queryAwareness, () => {}))).toEqual({ kind: 'other' });
  });

  it('reads what is ours of what comes in', () => {
    expect(readIncoming(frame(MESSAGE.saved, (e) => encoding.writeVarUint(e, 300)))).toEqual({ kind: 'saved', count: 300 });
    const refused = frame(MESSAGE.refused, (e) => {
      encoding.writeVarUint(e, 2);
      encoding.writeVarUint(e, 4409);
      encoding.writeVarString(e, 'why');
    });
    expect(readIncoming(refused)).toEqual({ kind: 'refused', count: 2, code: 4409, text: 'why' });
    expect(readIncoming(frame(MESSAGE.sync, () => {}))).toEqual({ kind: 'other' });
  });

  it('lets nothing out of an awareness frame but the own entry', () => {
    const [mine, other] = [awareness(), awareness()];
    mine.setLocalState({ selected: 'kick' });
    other.setLocalState({ selected: 'snare' });
    applyAwarenessUpdate(mine, encodeAwarenessUpdate(other, [other.clientID]), 'line');
    const both = awarenessFrame(encodeAwarenessUpdate(mine, [other.clientID, mine.clientID]));
    const passed = onlyOwnEntry(both, mine.clientID);
    if (!passed) throw new Error('the own entry was held back');
    const third = awareness();
    const decoder = decoding.createDecoder(passed);
    decoding.readVarUint(decoder);
    applyAwarenessUpdate(third, decoding.readVarUint8Array(decoder), 'line');
    expect(third.getStates().get(mine.clientID)).toEqual({ selected: 'kick' });
    expect(third.getStates().has(other.clientID)).toBe(false);
    expect(onlyOwnEntry(awarenessFrame(encodeAwarenessUpdate(mine, [other.clientID])), mine.clientID)).toBeNull();
  });
});
