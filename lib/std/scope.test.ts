import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Scope } from './scope';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('releases in reverse order, once', () => {
  const scope = new Scope();
  const order: number[] = [];
  scope.add(() => order.push(1));
  scope.child().add(() => order.push(2));
  scope.close();
  scope.close();
  expect(order).toEqual([2, 1]);
});

it('runs a timer once, unless closed or released before', () => {
  const scope = new Scope();
  const ran: string[] = [];
  scope.after(10, () => ran.push('first'));
  scope.after(10, () => ran.push('released'))();
  vi.advanceTimersByTime(20);
  scope.after(10, () => ran.push('closed'));
  scope.close();
  scope.after(10, () => ran.push('after the end'));
  vi.advanceTimersByTime(20);
  expect(ran).toEqual(['first']);
});
