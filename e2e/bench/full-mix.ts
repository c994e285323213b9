import { type Change, EQ_BANDS, type Insert, MASTER, type Mix, type Send, type Strip, sendId, type Values } from '../../lib/mix';

/** What a strip has when everything on it works: both filters, six bands, gate, compressor, pan. */
const FULL_STRIP: Values = {
  trim: 1,
  'hpf.on': 1,
  'lpf.on': 1,
  ...Object.fromEntries(Array.from({ length: EQ_BANDS }, (_, index) => [`eq.${index + 1}.gain`, index % 2 ? -3 : 3])),
  'gate.on': 1,
  'comp.on': 1,
  fader: -24,
};

const EFFECTS = ['reverb', 'delay'] as const;

/**
 * A mix of full strips on these stems, each with a send to a reverb and one to a delay, of which there are `effects` each, and a
 * master with equaliser, compressor and limiter.
 */
export function fullMix(stems: readonly string[], effects: number): Mix {
  const base = { name: 'Full', color: 0, output: MASTER, vcas: [], stem: null, values: {} };
  const auxes = EFFECTS.flatMap((type) => Array.from({ length: effects }, (_, index) => ({ id: `${type}-${index + 1}`, type })));
  const strips = new Map<string, Strip>();
  stems.forEach((stem, index) => {
    const values = { ...FULL_STRIP, pan: index % 2 ? -30 : 30 };
    strips.set(stem, { ...base, id: stem, kind: 'stem', order: `a${String(index).padStart(3, '0')}1`, stem, values });
  });
  auxes.forEach(({ id }, index) => void strips.set(id, { ...base, id, kind: 'aux', order: `b${index}1` }));
  const master = { 'eq.1.gain': 2, 'eq.6.gain': 2, 'comp.on': 1, 'limiter.on': 1 };
  strips.set(MASTER, { ...base, id: MASTER, kind: 'master', order: 'z1', output: null, values: master });
  const inserts = new Map<string, Insert>();
  for (const { id, type } of auxes) inserts.set(`of-${id}`, { id: `of-${id}`, strip: id, type, order: 'a1', values: { mix: 100 } });
  const sends = new Map<string, Send>();
  stems.forEach((from, index) => {
    for (const type of EFFECTS) {
      const to = `${type}-${1 + (index % effects)}`;
      sends.set(sendId(from, to), { id: sendId(from, to), from, to, values: { level: -12 } });
    }
  });
  return {
    ...{ strips, sends, inserts, markers: new Map(), presets: new Map(), automation: new Map() },
    settings: { tempo: 120, metre: [4, 4], key: '' },
  };
}

/** The changes that make a session's strips, of these ids, the same. */
export function changesToFullMix(ids: readonly string[], effectsOfEach: number): Change[] {
  const { strips, inserts, sends } = fullMix(ids, effectsOfEach);
  const effects = [...strips.values()].filter(({ kind }) => kind === 'aux');
  return [
    ...effects.map(
      ({ id, kind, name, order }): Change => ({ do: 'put', map: 'strips', id, fields: { kind, name, order, output: MASTER } }),
    ),
    ...[...inserts.values()].map(({ id, strip, type, order, values }): Change => {
      return { do: 'put', map: 'inserts', id, fields: { strip, type, order, ...values } };
    }),
    ...[...strips.values()].map(({ id, values }): Change => ({ do: 'put', map: 'strips', id, fields: values })),
    ...[...sends.values()].map(({ id, values }): Change => ({ do: 'put', map: 'sends', id, fields: values })),
  ];
}
