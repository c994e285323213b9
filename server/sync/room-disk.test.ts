import { describe, expect, test } from 'vitest';
import { setValue } from '../../lib/mix';
import { clock, log, openRoom, pair } from './staged-room.fixture';

describe('9 disk and memory', () => {
  test('9.1 more than 500 rows become one snapshot, and the mix read from it is the same', async () => {
    const { room, one } = await pair();
    for (let count = 0; count < 520; count++) {
      one.set('room', 'fader', -(count % 50) - 1);
      if (count % 50 === 0) await clock.advance(1000);
    }
    await clock.advance(1000);
    expect(await log.count('song')).toBeLessThan(100);
    const [snapshot] = await log.read('song');
    expect(snapshot?.update.length).toBeLessThan(5000);
    const reopened = openRoom();
    await reopened.loaded;
    expect(reopened.read()).toEqual(room.read());
  });

  test('9.1 where many rows come again and again they wait 5 s for the next snapshot', async () => {
    const { one } = await pair();
    const drag = async (rows: number) => {
      for (let count = 0; count < rows; count++) one.set('room', 'fader', -(count % 50) - 0.5);
      await clock.advance(20);
    };
    await drag(520);
    expect(await log.count('song')).toBeLessThan(100);
    await clock.advance(1000);
    await drag(600);
    expect(await log.count('song')).toBeGreaterThan(500);
    await clock.advance(4000);
    await drag(10);
    expect(await log.count('song')).toBeLessThan(100);
  });

  test('9.4 a change of the server goes the same way: on disk first, then to everybody', async () => {
    const { room, one } = await pair();
    const written = room.edit((mix) => setValue(mix, { on: 'strip', id: 'room', parameter: 'fader' }, -9));
    expect(one.listen()).toEqual([]);
    await clock.advance(8);
    await written;
    one.listen();
    expect(one.fader()).toBe(-9);
  });

  test('9.4 two changes of the server at once see each other', async () => {
    const room = openRoom();
    await room.loaded;
    const fader = { on: 'strip', id: 'room', parameter: 'fader' } as const;
    const down = () => room.edit((mix) => setValue(mix, fader, (mix.strips.get('room')?.values['fader'] ?? 0) - 1));
    const both = [down(), down()];
    await clock.advance(8);
    await Promise.all(both);
    expect(room.read().strips.get('room')?.values['fader']).toBe(-2);
  });

  test('9.4 a change of the server that the layout does not know is refused to the server too', async () => {
    const room = openRoom();
    await room.loaded;
    const edit = room.edit(() => [{ do: 'put', map: 'strips', id: 'room', fields: { nonsense: 1 } }]);
    await expect(edit).rejects.toThrow('No field');
  });
});
