import { expect, test } from 'vitest';
import { busContract } from '../ports/bus.contract';
import { inProcessBus } from './bus';

const settle = () => Promise.resolve().then(() => {});

busContract('in process', () => ({ bus: inProcessBus(() => {}), settle }));

test("a listener's failure is told with its topic", async () => {
  const told: string[] = [];
  const bus = inProcessBus((error, topic) => told.push(`${topic}: ${error instanceof Error ? error.message : ''}`));
  bus.subscribe('members', () => {
    throw new Error('no');
  });
  bus.publish('members', 1);
  await settle();
  expect(told).toEqual(['members: no']);
});
