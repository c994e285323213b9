import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tally } from './tally';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('the tally of unsaved changes', () => {
  it('rule 2: an acknowledged frame saves the changes it carried, and no other', () => {
    const tally = new Tally<string>();
    tally.connected();
    for (const [name, byte] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const) {
      tally.add(name, bytes(byte));
      tally.sendsUpdate(bytes(byte));
    }
    expect(tally.saved(2)).toEqual(['a', 'b']);
    expect(tally.kept).toBe(1);
    expect(tally.saved(2)).toEqual([]);
    expect(tally.saved(3)).toEqual(['c']);
  });

  it('rule 3: a difference carries everything made before it, also what no frame has carried', () => {
    const tally = new Tally<string>();
    tally.add('offline', bytes(1));
    tally.connected();
    tally.sendsDifference();
    tally.add('later', bytes(2));
    tally.sendsUpdate(bytes(2));
    expect(tally.saved(1)).toEqual(['offline']);
  });

  it('rule 4: what a lost line carried counts as not sent', () => {
    const tally = new Tally<string>();
    tally.connected();
    tally.add('a', bytes(1));
    tally.sendsUpdate(bytes(1));
    tally.connected();
    expect(tally.saved(1)).toEqual([]);
    tally.sendsDifference();
    expect(tally.saved(1)).toEqual(['a']);
  });

  it('rule 3: a change between opening and the difference is saved with its own frame, the older ones are not', () => {
    const tally = new Tally<string>();
    tally.add('offline', bytes(1));
    tally.connected();
    tally.add('early', bytes(2));
    tally.sendsUpdate(bytes(2));
    expect(tally.saved(1)).toEqual(['early']);
    tally.sendsDifference();
    expect(tally.saved(2)).toEqual(['offline']);
  });

  it('never lets go of a change that no acknowledged frame of this line carried', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('change' as const), sent: fc.boolean() }),
      fc.record({ do: fc.constant('difference' as const) }),
      fc.record({ do: fc.constant('connect' as const) }),
      fc.record({ do: fc.constant('ack' as const), back: fc.nat(3) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const tally = new Tally<number>();
        let made = 0;
        let frames: number[][] = [];
        const open = new Set<number>();
        for (const one of steps) {
          if (one.do === 'connect') {
            tally.connected();
            frames = [];
          } else if (one.do === 'difference') {
            tally.sendsDifference();
            frames.push([...open]);
          } else if (one.do === 'change') {
            const change = made++;
            open.add(change);
            tally.add(change, bytes(change & 255, change >> 8));
            if (!one.sent) continue;
            tally.sendsUpdate(bytes(change & 255, change >> 8));
            frames.push([change]);
          } else {
            const count = Math.max(0, frames.length - one.back);
            const carried = new Set(frames.slice(0, count).flat());
            for (const done of tally.saved(count)) {
              expect(carried.has(done)).toBe(true);
              open.delete(done);
            }
            for (const change of carried) expect(open.has(change)).toBe(false);
          }
          expect(tally.kept).toBe(open.size);
        }
      }),
    );
  });
});
