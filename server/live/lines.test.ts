import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { OpenLines } from './lines';

/** A line as socket.io has it: itself, and what carries it. */
class Line extends EventEmitter {
  readonly conn = Object.assign(new EventEmitter(), { readyState: 'open' });
}

test('a place is taken until the line or what carries it ends, and is given back once', () => {
  const lines = new OpenLines(2);
  const [a, b, c] = [new Line(), new Line(), new Line()];
  expect([lines.take('ann', a), lines.take('ann', b), lines.take('ann', c)]).toEqual([true, true, false]);
  expect(lines.take('ben', c)).toBe(true);
  a.emit('disconnect');
  a.conn.emit('close');
  expect([lines.take('ann', new Line()), lines.take('ann', new Line())]).toEqual([true, false]);
  b.conn.emit('close');
  expect(lines.take('ann', new Line())).toBe(true);
});

test('a line that has ended while it was let in takes no place', () => {
  const lines = new OpenLines(1);
  const gone = new Line();
  gone.conn.readyState = 'closed';
  expect([lines.take('ann', gone), lines.take('ann', new Line())]).toEqual([true, true]);
});
