import { describe, expect, test } from 'vitest';
import type { NewGesture, NewUpdate, UpdateLog } from './update-log';

const row = (sessionId: string, ...bytes: number[]): NewUpdate => ({
  sessionId,
  epoch: 0,
  update: Uint8Array.from(bytes),
  userId: 'ann',
  clientId: 4_000_000_000,
  at: 1_760_000_000_000,
});

const gesture = (id: string, body = '[]'): NewGesture => ({
  id,
  userId: 'ann',
  at: 1_760_000_000_000,
  until: 1_760_000_000_200,
  kind: 'set',
  strips: ['lead', 'bass'],
  reverts: null,
  body,
});
const bringing = (update: NewUpdate, one: NewGesture): NewUpdate => ({ ...update, gesture: one });

/** What every implementation of `UpdateLog` does. `open` makes an empty one. */
export function updateLogContract(name: string, open: () => Promise<UpdateLog>): void {
  const bytesOf = async (log: UpdateLog, sessionId: string) => (await log.read(sessionId)).map(({ update }) => [...update]);

  describe(`update log: ${name}`, () => {
    test('what was appended is read back in order, with who, which client and when', async () => {
      const log = await open();
      const sequences = await log.append([row('s', 1), row('s', 2, 3)]);
      expect(await log.read('s')).toEqual([
        { sequence: sequences[0], update: Uint8Array.of(1), userId: 'ann', clientId: 4_000_000_000, at: 1_760_000_000_000, epoch: 0 },
        { sequence: sequences[1], update: Uint8Array.of(2, 3), userId: 'ann', clientId: 4_000_000_000, at: 1_760_000_000_000, epoch: 0 },
      ]);
    });

    test('sequences grow over all sessions and batches', async () => {
      const log = await open();
      const all = [...(await log.append([row('a', 1), row('b', 1)])), ...(await log.append([row('a', 2)]))].map(Number);
      expect(all).toEqual([...all].sort((x, y) => x - y));
      expect(new Set(all).size).toBe(3);
    });

    test('sessions are apart, and a session without updates is empty', async () => {
      const log = await open();
      await log.append([row('a', 1), row('b', 2)]);
      expect(await bytesOf(log, 'a')).toEqual([[1]]);
      expect(await bytesOf(log, 'none')).toEqual([]);
      expect([await log.count('a'), await log.count('none')]).toEqual([1, 0]);
    });

    test('an empty batch writes nothing', async () => {
      const log = await open();
      expect(await log.append([])).toEqual([]);
    });

    test('a batch that fails leaves nothing of itself, and the log goes on', async () => {
      const log = await open();
      const broken = { ...row('s', 2), sessionId: null } as unknown as NewUpdate;
      await expect(log.append([row('s', 1), broken])).rejects.toThrow();
      expect(await log.count('s')).toBe(0);
      await log.append([row('s', 3)]);
      expect(await bytesOf(log, 's')).toEqual([[3]]);
    });

    test('appends and compactions that begin together do not mix', async () => {
      const log = await open();
      const batches = Array.from({ length: 20 }, (_, index) => log.append([row('s', index), row('t', index)]));
      const [first = 0] = (await batches[0]) ?? [];
      const [written] = await Promise.all([Promise.all(batches), log.compact('s', Uint8Array.of(99), Number(first))]);
      // Several writers may come in any order: what came before the first counts as merged.
      const later = written.filter(([sequence]) => Number(sequence) > Number(first));
      expect((await bytesOf(log, 's')).length).toBe(1 + later.length);
      expect((await bytesOf(log, 't')).length).toBe(20);
    });

    test('compaction replaces what it merged by the snapshot; what came since stays', async () => {
      const log = await open();
      const [, second] = await log.append([row('s', 1), row('s', 2)]);
      await log.append([row('s', 3), row('other', 4)]);
      await log.compact('s', Uint8Array.of(12), second ?? 0);
      expect(await bytesOf(log, 's')).toEqual([[12], [3]]);
      expect(await bytesOf(log, 'other')).toEqual([[4]]);
      expect(await log.count('s')).toBe(1);
      expect((await log.read('s')).map(({ sequence }) => sequence)[0]).toBe(second);
    });

    test('since a row comes what was appended after it, of this session only', async () => {
      const log = await open();
      const [first, , third] = await log.append([row('s', 1), row('other', 2), row('s', 3)]);
      expect((await log.since('s', first ?? 0)).map(({ update }) => [...update])).toEqual([[3]]);
      expect(await log.since('s', third ?? 0)).toEqual([]);
      expect(await log.since('s', 0)).toEqual(await log.read('s'));
    });

    test('since a row that was merged comes the snapshot; since one that the snapshot ends with, only what is newer', async () => {
      const log = await open();
      const [first, second] = await log.append([row('s', 1), row('s', 2)]);
      await log.append([row('s', 3)]);
      await log.compact('s', Uint8Array.of(12), second ?? 0);
      expect((await log.since('s', first ?? 0)).map(({ update }) => [...update])).toEqual([[12], [3]]);
      expect((await log.since('s', second ?? 0)).map(({ update }) => [...update])).toEqual([[3]]);
    });

    test('who reads along, each time since the last row seen, misses none of many writers', async () => {
      const log = await open();
      const mine = (writer: number) => async () => {
        for (let index = 0; index < 20; index++) await log.append([row('s', writer, index), row('t', writer)]);
      };
      let writing = true;
      const writers = Promise.all([0, 1, 2, 3].map((writer) => mine(writer)())).finally(() => {
        writing = false;
      });
      const seen: string[] = [];
      let last = 0;
      const readAlong = async (): Promise<void> => {
        for (const { sequence, update } of await log.since('s', last)) {
          expect(sequence).toBeGreaterThan(last);
          last = sequence;
          seen.push(update.join());
        }
      };
      while (writing) await readAlong();
      await writers;
      await readAlong();
      expect(seen.length).toBe(80);
      expect(new Set(seen).size).toBe(80);
    });

    test('a second compaction replaces the snapshot; a late one that knows less is left', async () => {
      const log = await open();
      const [first, , third] = await log.append([row('s', 1), row('s', 2), row('s', 3)]);
      await log.compact('s', Uint8Array.of(123), third ?? 0);
      await log.compact('s', Uint8Array.of(1), first ?? 0);
      expect(await bytesOf(log, 's')).toEqual([[123]]);
      const [fourth] = await log.append([row('s', 4)]);
      await log.compact('s', Uint8Array.of(124), fourth ?? 0);
      expect(await bytesOf(log, 's')).toEqual([[124]]);
    });

    test('sequences go on growing after everything was compacted or removed', async () => {
      const log = await open();
      const [first] = await log.append([row('s', 1)]);
      await log.compact('s', Uint8Array.of(1), first ?? 0);
      const [second] = await log.append([row('s', 2)]);
      expect(second).toBeGreaterThan(first ?? 0);
      await log.remove('s');
      expect(await log.read('s')).toEqual([]);
      const [third] = await log.append([row('s', 3)]);
      expect(third).toBeGreaterThan(second ?? 0);
      expect(await bytesOf(log, 's')).toEqual([[3]]);
    });

    test('an epoch begins with a document in place of all rows, and newer than they; what is of the one before is not written', async () => {
      const log = await open();
      const [, last] = await log.append([row('s', 1), row('s', 2)]);
      await log.append([row('other', 5)]);
      const turned = await log.turn('s', { epoch: 0, through: Number(last) }, () => Uint8Array.of(9));
      expect(turned).toBeGreaterThan(Number(last));
      expect(await log.since('s', Number(last))).toMatchObject([{ sequence: turned, update: Uint8Array.of(9), epoch: 1, clientId: null }]);
      const [late, kept, other] = await log.append([row('s', 3), { ...row('s', 4), epoch: 1 }, row('other', 6)]);
      expect(late).toBeNull();
      expect([kept, other].every((sequence) => Number(sequence) > Number(turned))).toBe(true);
      expect((await log.read('s')).map(({ update, epoch }) => [...update, epoch])).toEqual([
        [9, 1],
        [4, 1],
      ]);
      expect(await bytesOf(log, 'other')).toEqual([[5], [6]]);
    });

    test('an epoch begins with what came after the last row that was read, once, and is not compacted away', async () => {
      const log = await open();
      const [first, second] = await log.append([row('s', 1), row('s', 2), row('other', 7)]);
      const turn = (epoch: number, through: unknown) =>
        log.turn('s', { epoch, through: Number(through) }, (later) => Uint8Array.of(9, ...later.flatMap(({ update }) => [...update])));
      const turned = await turn(0, first);
      expect(await bytesOf(log, 's')).toEqual([[9, 2]]);
      expect(await turn(0, second)).toBeNull();
      await log.compact('s', Uint8Array.of(12), Number(second));
      expect(await bytesOf(log, 's')).toEqual([[9, 2]]);
      const [next] = await log.append([{ ...row('s', 3), epoch: 1 }]);
      await log.compact('s', Uint8Array.of(93), Number(next));
      expect((await log.read('s')).map(({ epoch }) => epoch)).toEqual([1]);
      expect(await turn(1, next)).toBeGreaterThan(Number(turned));
    });

    test('an epoch whose document cannot be made does not begin, and the log goes on', async () => {
      const log = await open();
      await log.append([row('s', 1)]);
      const broken = () => {
        throw new Error('cannot be made');
      };
      await expect(log.turn('s', { epoch: 0, through: 0 }, broken)).rejects.toThrow('cannot be made');
      await log.append([row('s', 2)]);
      expect(await bytesOf(log, 's')).toEqual([[1], [2]]);
    });

    test('gestures outlive an epoch, and one that comes too late for it brings none', async () => {
      const log = await open();
      const [first] = await log.append([bringing(row('s', 1), gesture('a'))]);
      await log.turn('s', { epoch: 0, through: Number(first) }, () => Uint8Array.of(9));
      await log.append([bringing(row('s', 2), gesture('b')), bringing({ ...row('s', 3), epoch: 1 }, gesture('c'))]);
      expect((await log.gesturesAfter('s', 0)).map(({ id }) => id)).toEqual(['a', 'c']);
    });

    test('of writers and an epoch that begin together each row is in it or refused', async () => {
      const log = await open();
      await log.append([row('s', 0)]);
      const writers = Array.from({ length: 20 }, (_, index) => log.append([row('s', 100 + index)]));
      const taken: number[] = [];
      const turned = await log.turn('s', { epoch: 0, through: 0 }, (later) => {
        taken.push(...later.flatMap(({ update }) => [...update]));
        return Uint8Array.of(9);
      });
      const written = (await Promise.all(writers)).flatMap(([sequence], index) => (sequence === null ? [] : [100 + index]));
      expect(turned).not.toBeNull();
      expect(taken.sort()).toEqual([0, ...written].sort());
      expect(await bytesOf(log, 's')).toEqual([[9]]);
    });

    test('gestures are kept with their updates, in the order in which they began', async () => {
      const log = await open();
      const [first, second] = await log.append([bringing(row('s', 1), gesture('a')), bringing(row('s', 2), gesture('b')), row('s', 3)]);
      await log.append([bringing(row('t', 4), gesture('a'))]);
      expect(await log.gesturesAfter('s', 0)).toEqual([
        { ...gesture('a'), sequence: first },
        { ...gesture('b'), sequence: second },
      ]);
      expect((await log.gesturesAfter('s', first ?? 0)).map(({ id }) => id)).toEqual(['b']);
    });

    test('a gesture that goes on stays where it began, in the same batch and in later ones', async () => {
      const log = await open();
      const [first] = await log.append([bringing(row('s', 1), gesture('a', '1')), bringing(row('s', 2), gesture('a', '2'))]);
      await log.append([bringing(row('s', 3), gesture('b'))]);
      const last = { ...gesture('a', '3'), kind: 'several', strips: ['lead'], until: 1_760_000_000_900 };
      await log.append([bringing(row('s', 4), last)]);
      expect((await log.gesturesAfter('s', 0)).map(({ id }) => id)).toEqual(['a', 'b']);
      expect((await log.gesturesAfter('s', 0))[0]).toEqual({ ...last, sequence: first });
    });

    test('a gesture that has gone on is changed where it is, with other updates, without any, and in the batch with which it begins', async () => {
      const log = await open();
      const goneOn = (id: string, body: string) => ({ sessionId: 's', gesture: { ...gesture(id, body), until: 1_760_000_000_900 } });
      const [first] = await log.append([bringing(row('s', 1), gesture('a')), bringing(row('s', 2), gesture('b'))]);
      await log.append([row('s', 3)], [goneOn('a', '2')]);
      expect(await log.append([], [goneOn('b', '3'), goneOn('forgotten', '4')])).toEqual([]);
      await log.append([bringing(row('s', 4), gesture('c'))], [goneOn('c', '5')]);
      const found = await log.gesturesAfter('s', 0);
      expect(found.map(({ id, body, until }) => [id, body, until])).toEqual([
        ['a', '2', 1_760_000_000_900],
        ['b', '3', 1_760_000_000_900],
        ['c', '5', 1_760_000_000_900],
      ]);
      expect(found[0]?.sequence).toBe(first);
      expect(await log.count('s')).toBe(4);
    });

    test('of the gestures up to a row the newest come, in the order in which they began', async () => {
      const log = await open();
      const rows = await log.append(['a', 'b', 'c', 'd'].map((id, index) => bringing(row('s', index), gesture(id))));
      expect((await log.newestGestures('s', rows[2] ?? 0, 2)).map(({ id }) => id)).toEqual(['b', 'c']);
      expect(await log.newestGestures('t', rows[3] ?? 0, 2)).toEqual([]);
    });

    test('a batch that fails leaves no gesture either', async () => {
      const log = await open();
      const broken = { ...row('s', 2), sessionId: null } as unknown as NewUpdate;
      await expect(log.append([bringing(row('s', 1), gesture('a')), broken])).rejects.toThrow();
      expect(await log.gesturesAfter('s', 0)).toEqual([]);
    });

    test('of many gestures the newest stay, by number and by bytes; removing a session removes them', async () => {
      const log = await open();
      await log.append(['a', 'b', 'c', 'd'].map((id, index) => bringing(row('s', index), gesture(id, 'x'.repeat(10)))));
      await log.append([bringing(row('t', 1), gesture('other'))]);
      const left = async () => (await log.gesturesAfter('s', 0)).map(({ id }) => id);
      await log.trimGestures('s', 4, 40);
      expect(await left()).toEqual(['a', 'b', 'c', 'd']);
      await log.trimGestures('s', 3, 1000);
      expect(await left()).toEqual(['b', 'c', 'd']);
      await log.trimGestures('s', 3, 25);
      expect(await left()).toEqual(['c', 'd']);
      await log.remove('s');
      expect(await left()).toEqual([]);
      expect(await log.gesturesAfter('t', 0)).toHaveLength(1);
    });
  });
}
