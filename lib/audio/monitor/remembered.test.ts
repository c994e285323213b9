import { expect, it } from 'vitest';
import { recall, remember } from './remembered';

function shelf(content: Record<string, string> = {}) {
  const kept = new Map(Object.entries(content));
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
}

it('what was changed is there again, the rest stays', () => {
  const storage = shelf();
  remember(storage, { level: -12, nudges: { headset: 180 } });
  remember(storage, { soloMode: 'before' });
  expect(recall(storage)).toEqual({ level: -12, crossfeed: 'off', soloMode: 'before', output: '', nudges: { headset: 180 } });
});

it.each(['', 'null', '7', '{"level":12,"crossfeed":"loud","soloMode":1,"output":4,"nudges":{"a":9000,"b":"x","c":20}}', '{'])(
  'nonsense is left out: %s',
  (text) => {
    const found = recall(shelf({ 'mixing-table.listening': text }));
    expect(found).toMatchObject({ level: 0, crossfeed: 'off', soloMode: 'in place', output: '' });
    expect(Object.keys(found.nudges).every((id) => id === 'c')).toBe(true);
  },
);

it('a browser that keeps nothing works without', () => {
  const refuses = {
    getItem: () => {
      throw new Error('forbidden');
    },
    setItem: () => {
      throw new Error('full');
    },
  };
  for (const storage of [null, refuses]) {
    expect(() => remember(storage, { level: -3 })).not.toThrow();
    expect(recall(storage).level).toBe(0);
  }
});
