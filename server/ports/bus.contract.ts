import { describe, expect, test } from 'vitest';
import type { Bus } from './bus';

/** What every implementation of `Bus` does. `settle` waits until everything published so far has been delivered. */
export function busContract(name: string, open: () => { bus: Bus; settle: () => Promise<void> }): void {
  describe(`bus: ${name}`, () => {
    test('messages reach every subscriber of the topic, in order, and no one else', async () => {
      const { bus, settle } = open();
      const heard: string[] = [];
      bus.subscribe('a', (message) => heard.push(`1 ${message}`));
      bus.subscribe('a', (message) => heard.push(`2 ${message}`));
      bus.subscribe('b', (message) => heard.push(`b ${message}`));
      bus.publish('a', 'x');
      bus.publish('a', 'y');
      await settle();
      expect(heard).toEqual(['1 x', '2 x', '1 y', '2 y']);
    });

    test('an ended subscription hears nothing more, the same function subscribed again does', async () => {
      const { bus, settle } = open();
      const heard: unknown[] = [];
      const listener = (message: unknown) => heard.push(message);
      const end = bus.subscribe('a', listener);
      bus.subscribe('a', listener);
      end();
      end();
      bus.publish('a', 1);
      await settle();
      expect(heard).toEqual([1]);
    });

    test('a listener that throws takes nothing from the others or from the publisher', async () => {
      const { bus, settle } = open();
      const heard: unknown[] = [];
      bus.subscribe('a', () => {
        throw new Error('my own trouble');
      });
      bus.subscribe('a', (message) => heard.push(message));
      bus.publish('a', 1);
      await settle();
      expect(heard).toEqual([1]);
    });

    test('a listener never runs inside publish', async () => {
      const { bus, settle } = open();
      let ran = false;
      bus.subscribe('a', () => {
        ran = true;
      });
      bus.publish('a', null);
      expect(ran).toBe(false);
      await settle();
      expect(ran).toBe(true);
    });
  });
}
