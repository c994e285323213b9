import { describe, expect, it } from 'vitest';
import type { Strip } from '../../lib/mix';
import { dropPlace, oneStep } from './strip-order';

const strip = (id: string, kind: Strip['kind'] = 'stem'): Strip => ({
  id,
  kind,
  name: id,
  color: 0,
  order: id,
  stem: null,
  output: null,
  vcas: [],
  values: {},
});
const [a, b, c, room] = [strip('a'), strip('b'), strip('c'), strip('room', 'aux')] as const;
const row = [a, b, c, room];
const centers = new Map(row.map(({ id }, index) => [id, index * 84 + 42]));

describe('a strip that is moved', () => {
  it('by keys goes one step among its kind, and stops at the ends', () => {
    expect(oneStep(row, b, -1)).toBe('a');
    expect(oneStep(row, a, 1)).toBe('c');
    expect(oneStep(row, b, 1)).toBeNull();
    expect(oneStep(row, a, -1)).toBeUndefined();
    expect(oneStep(row, c, 1)).toBeUndefined();
    expect(oneStep(row, room, -1)).toBeUndefined();
  });
  it('by hand goes before the first whose middle lies beyond it', () => {
    expect(dropPlace(row, a, centers, 130)).toBe('c');
    expect(dropPlace(row, a, centers, 900)).toBeNull();
    expect(dropPlace(row, c, centers, 5)).toBe('a');
  });
  it('let go where it stood, moves nothing', () => {
    for (const x of [90, 126, 200]) expect(dropPlace(row, b, centers, x)).toBeUndefined();
    expect(dropPlace(row, room, centers, 5)).toBeUndefined();
  });
});
