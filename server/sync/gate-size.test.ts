import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { admit, clientOf, gate, open, pass, refused, strip } from './staged-gate.fixture';

describe('4.7 how much', () => {
  test('the 257th strip is refused, by name of the limit', () => {
    const write = clientOf();
    const add = (from: number, until: number) =>
      write((own) => {
        for (let index = from; index < until; index++) own.getMap('strips').set(`s${index}`, new Y.Map([['kind', 'stem']]));
      });
    expect(admit(add(0, 253))).toBe('new');
    refused(add(253, 254), 'at most 256 strips');
  });

  test('a mix larger than it may be is refused, and goes on being edited', () => {
    open(20_000);
    const write = clientOf();
    const names = (count: number) => (own: Y.Doc) => {
      for (let index = 0; index < count; index++) own.getMap('markers').set(`m${index}`, new Y.Map([['name', 'x'.repeat(80)]]));
    };
    refused(clientOf()(names(300)), 'larger than 20 KB');
    expect(admit(write((own) => strip(own).set('fader', -1)))).toBe('new');
  });
});

describe('4.7 how much, of what is no more', () => {
  const key = 'strip/room/fader';
  const lane = (own: Y.Doc) => own.getMap<Y.Map<unknown>>('automation').get(key) as Y.Map<unknown>;
  const begun = () => {
    const write = clientOf();
    admit(write((own) => own.getMap('automation').set(key, new Y.Map([['pa', '1 0 l']]))));
    return write;
  };
  /** A thousand new keys, and those of the time before removed. */
  const churn = (nth: number) => (own: Y.Doc) => {
    for (const name of [...lane(own).keys()]) lane(own).delete(name);
    for (let n = 0; n < 1000; n++) lane(own).set(`p${nth}x${n}`, `${n} 0 l`);
  };

  test('the counts of records and points are those of the document, whatever comes and goes', () => {
    const write = begun();
    let changes = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(5)), { maxLength: 20 }), (moves) => {
        admit(
          write((own) => {
            // Something new at any rate.
            strip(own).set('pan', changes++);
            for (const [what, n] of moves) {
              if (what === 0) lane(own).set(`p${n}`, `${n} 0 l`);
              if (what === 1) lane(own).delete(`p${n}`);
              if (what === 2) own.getMap('markers').set(`m${n}`, new Y.Map([['at', n]]));
              if (what === 3) own.getMap('markers').delete(`m${n}`);
            }
            if (moves.length > 15) own.getMap('automation').set(key, new Y.Map(lane(own).entries()));
          }),
        );
        const { counts } = gate;
        expect([counts.of('markers'), counts.fields(key)]).toEqual([gate.ahead.getMap('markers').size, lane(gate.ahead).size]);
      }),
    );
  });

  test('a lane that holds too much of it is told of, long before it is full', () => {
    const write = begun();
    let nth = 0;
    while (gate.counts.heavy.size === 0) admit(write(churn(nth++)));
    expect([...gate.counts.heavy]).toEqual([key]);
    for (let more = 0; more < 4; more++) expect(admit(write(churn(nth++)))).toBe('new');
  });

  test('keys without end in one lane are refused, also where all are removed again', () => {
    const write = begun();
    for (let nth = 0; nth < 16; nth++) admit(write(churn(nth)));
    refused(write(churn(16)), 'cannot take so many');
  });

  test('a mix close to its limit is not measured again at once', () => {
    open(20_000);
    const write = clientOf();
    const marker = (n: number) => (own: Y.Doc) => own.getMap('markers').set(`m${n}`, new Y.Map([['name', 'x'.repeat(80)]]));
    let n = 0;
    while (gate.measurements === 0) admit(write(marker(n++)));
    const crowd = () => {
      let told = 0;
      for (let tries = 0; tries < 400; tries++) {
        try {
          admit(clientOf(gate.ahead)((own) => strip(own).set('pan', tries)));
        } catch {
          told++;
        }
      }
      return told;
    };
    const before = gate.measurements;
    expect(crowd()).toBeGreaterThan(0);
    expect(gate.measurements).toBe(before);
    pass(3000);
    expect(crowd()).toBeGreaterThan(0);
    expect(gate.measurements).toBe(before + 1);
  });
});
