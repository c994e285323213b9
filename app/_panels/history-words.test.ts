import { expect, test } from 'vitest';
import type { HistoryEvent } from '../../lib/protocol';
import { eventWords } from './history-words';

const event = (more: Partial<HistoryEvent>): HistoryEvent => {
  const differences = more.differences ?? [];
  return {
    id: 'a',
    by: { id: 'ana', name: 'Ana', color: 1 },
    at: 0,
    until: 0,
    kind: 'set',
    strip: 'lead',
    strips: ['lead'],
    parameter: null,
    names: { lead: 'Lead', room: 'Room' },
    inserts: { rev: { strip: 'room', type: 'reverb' } },
    changes: differences.length,
    reverts: null,
    takenBack: false,
    ...more,
    differences,
  };
};
const set = (map: 'strips' | 'sends' | 'inserts' | 'settings', id: string, field: string, from?: number | string, to?: number | string) =>
  ({ did: 'set', map, id, field, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }) as const;

test.each([
  ['a fader', event({ differences: [set('strips', 'lead', 'fader', -3, -6)] }), 'Lead Fader −3.0 → −6.0 dB'],
  [
    'from its default, which is stored as nothing',
    event({ differences: [set('strips', 'lead', 'fader', undefined, -6)] }),
    'Lead Fader 0.0 → −6.0 dB',
  ],
  ['a switch', event({ differences: [set('strips', 'lead', 'mute', undefined, 1)] }), 'Lead Mute Off → On'],
  ['a send', event({ differences: [set('sends', 'lead>room', 'level', -20, -12)] }), 'Lead Send to Room −20.0 → −12.0 dB'],
  ['an effect', event({ differences: [set('inserts', 'rev', 'mix', 100, 40)] }), 'Room Reverb Mix 100 → 40 %'],
  ['a name', event({ differences: [set('strips', 'lead', 'name', 'Lead', 'Voice')] }), 'Lead name Lead → Voice'],
  ['the tempo', event({ strip: null, strips: [], differences: [set('settings', 'mix', 'tempo', 120, 90)] }), 'Tempo 120 → 90'],
  ['a removed strip', event({ kind: 'remove', differences: [{ did: 'remove', map: 'strips', id: 'lead', fields: {} }] }), 'Removed Lead'],
  ['an added effect', event({ kind: 'add', differences: [{ did: 'add', map: 'inserts', id: 'rev', fields: {} }] }), 'Added Room Reverb'],
  ['a moved strip', event({ kind: 'move', differences: [set('strips', 'lead', 'order', 'a0', 'a3')] }), 'Moved Lead'],
  [
    'automation',
    event({ kind: 'automation', differences: [{ did: 'set', map: 'automation', id: 'strip/lead/fader', field: 'p1', to: '1 -6 l' }] }),
    'Drew Lead Fader automation',
  ],
  [
    'many',
    event({
      kind: 'several',
      strips: ['lead', 'room'],
      differences: ['fader', 'pan', 'mute'].map((field) => set('strips', 'lead', field, 0, 1)),
    }),
    '3 changes on Lead, Room',
  ],
  [
    'what took another back',
    event({ reverts: 'b', differences: [set('strips', 'lead', 'fader', -6, -3)] }),
    'Took back: Lead Fader −6.0 → −3.0 dB',
  ],
])('%s', (_, one, words) => {
  expect(eventWords(one)).toBe(words);
});
