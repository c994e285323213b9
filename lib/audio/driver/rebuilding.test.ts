import { beforeAll, describe, expect, it } from 'vitest';
import { CommandedMix } from '../../../e2e/support/commanded-mix';
import { loadDeskModule } from '../../desk/node';
import { noise, Rig, sine } from '../../desk/rig';
import { BEFORE, splatter } from '../../desk/splatter';
import {
  addAux,
  addGroup,
  addInsert,
  addStrip,
  addVca,
  assignVca,
  type Change,
  createSend,
  INSERT_TYPES,
  insertsOf,
  keyStrip,
  MASTER,
  type Mix,
  moveInsert,
  moveStrip,
  removeSend,
  removeStrip,
  routeStrip,
  sendId,
  setValue,
} from '../../mix';
import { DeskDriver } from './driver';
import { DeskLine } from './line';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadDeskModule();
});

const TONE = 0.02;
/** Between two changes: 0.2 s, so that they fall anywhere in a period. */
const APART = 9_991;
/** So often each change is made and taken back. */
const ROUNDS = 3;
/**
 * A fade's corners over 5 ms leave −32 dB above 12 kHz; two that meet −26. A tone cut off leaves up to +20, a step of a tenth of it 0:
 * −20 is below what is heard as a click and above what every fade is allowed.
 */
const CLICK = -20;

type Hands = (mix: Mix) => readonly Change[];

/** Three stems (`a` and `b` in the group `g`, `c` alone), a hall they are sent to, and a VCA. */
function console_(): CommandedMix {
  const made = new CommandedMix();
  const make = (hands: Hands) => made.do(hands(made.mix));
  for (const id of ['a', 'b', 'c']) make((mix) => addStrip(mix, { id, name: id, stem: id }));
  make((mix) => setValue(mix, { on: 'strip', id: MASTER, parameter: 'limiter.on' }, 0));
  make((mix) => addGroup(mix, { id: 'g', name: 'Group' }, ['a', 'b']));
  make((mix) => addAux(mix, { id: 'hall', name: 'Hall' }, { id: 'room', type: 'reverb' }));
  make((mix) => addVca(mix, { id: 'v', name: 'VCA' }, ['c']));
  make((mix) => setValue(mix, { on: 'strip', id: 'v', parameter: 'fader' }, -4));
  make((mix) => setValue(mix, { on: 'strip', id: 'b', parameter: 'pan' }, -30));
  for (const id of ['a', 'c']) make((mix) => createSend(mix, id, 'hall', -9 as never));
  return made;
}

const value =
  (on: 'strip' | 'insert' | 'send', id: string, parameter: string, to: number): Hands =>
  (mix) =>
    setValue(mix, { on, id, parameter }, to);
const insertOf = (mix: Mix, strip: string, place: number) => insertsOf(mix, strip)[place]?.id ?? '';

interface Case {
  readonly name: string;
  /** What is done before anything sounds. */
  readonly before?: readonly Hands[];
  /** What is done while it sounds. */
  readonly change: readonly Hands[];
}

const ROUTES: readonly Case[] = [
  { name: 'a group', change: [(mix) => addGroup(mix, { id: 'h', name: 'New' }, ['a', 'c'])] },
  { name: 'a group around a group', change: [(mix) => addGroup(mix, { id: 'h', name: 'New' }, ['g', 'c'])] },
  { name: 'a group less', change: [(mix) => removeStrip(mix, 'g')] },
  {
    name: 'the inner one of two groups less',
    before: [(mix) => addGroup(mix, { id: 'h', name: 'New' }, ['g', 'c'])],
    change: [(mix) => removeStrip(mix, 'g')],
  },
  {
    name: 'the outer one of two groups less',
    before: [(mix) => addGroup(mix, { id: 'h', name: 'New' }, ['g', 'c'])],
    change: [(mix) => removeStrip(mix, 'h')],
  },
  {
    name: 'two groups that change places',
    before: [(mix) => addGroup(mix, { id: 'h', name: 'New' }, ['g', 'c'])],
    change: [(mix) => routeStrip(mix, 'g', MASTER), (mix) => routeStrip(mix, 'h', 'g')],
  },
  { name: 'an aux', change: [(mix) => addAux(mix, { id: 'x', name: 'New' }), (mix) => createSend(mix, 'a', 'x', -6 as never)] },
  { name: 'an aux less', change: [(mix) => removeStrip(mix, 'hall')] },
  { name: 'a send', change: [(mix) => createSend(mix, 'b', 'hall', -6 as never)] },
  { name: 'a send less', change: [(mix) => removeSend(mix, sendId('a', 'hall'))] },
  { name: 'a send of a group', change: [(mix) => createSend(mix, 'g', 'hall', -6 as never)] },
  { name: 'a send before the fader', change: [value('send', sendId('a', 'hall'), 'pre', 1)] },
  { name: 'a VCA', change: [(mix) => addVca(mix, { id: 'w', name: 'New' }, ['a']), value('strip', 'w', 'fader', -8)] },
  { name: 'a VCA less', change: [(mix) => removeStrip(mix, 'v')] },
  { name: 'a follower of a VCA', change: [(mix) => assignVca(mix, 'a', 'v', true)] },
  { name: 'another output', change: [(mix) => routeStrip(mix, 'a', MASTER)] },
  {
    name: 'a group’s other output',
    before: [(mix) => addGroup(mix, { id: 'h', name: 'New' })],
    change: [(mix) => routeStrip(mix, 'g', 'h')],
  },
  { name: 'strips in another order', change: [(mix) => moveStrip(mix, 'c', 'a')] },
  { name: 'a strip', change: [(mix) => addStrip(mix, { id: 'd', name: 'New', stem: 'c' })] },
  { name: 'a strip less', change: [(mix) => removeStrip(mix, 'c')] },
  { name: 'polarity', change: [value('strip', 'a', 'polarity', 1)] },
  { name: 'a delay', change: [value('strip', 'a', 'delay.on', 1), value('strip', 'a', 'delay.time', 7.3)] },
  {
    name: 'a delay’s time',
    before: [value('strip', 'a', 'delay.on', 1), value('strip', 'a', 'delay.time', 3)],
    change: [value('strip', 'a', 'delay.time', 41)],
  },
  { name: 'a group’s delay', change: [value('strip', 'g', 'delay.on', 1), value('strip', 'g', 'delay.time', 7.3)] },
  { name: 'saturation', change: [value('strip', 'c', 'sat.on', 1), value('strip', 'c', 'sat.drive', 0)] },
];

const KEYED = {
  before: [value('strip', 'b', 'comp.on', 1), value('strip', 'b', 'comp.threshold', -50), value('strip', 'b', 'comp.ratio', 3)],
};
const WAITS: readonly Case[] = [
  { name: 'the look-ahead of a compressor', change: [value('strip', 'a', 'comp.lookahead', 5)] },
  { name: 'the look-ahead of a gate in a group', change: [value('strip', 'g', 'gate.lookahead', 3)] },
  { name: 'the look-ahead of the master', change: [value('strip', MASTER, 'comp.lookahead', 3)] },
  { name: 'the look-ahead of who is sent', change: [value('strip', 'c', 'gate.lookahead', 4)] },
  { name: 'a key', ...KEYED, change: [(mix) => keyStrip(mix, 'b', 'c')] },
  {
    name: 'another key',
    before: [...KEYED.before, (mix) => keyStrip(mix, 'b', 'c')],
    change: [(mix) => keyStrip(mix, 'b', 'a')],
  },
  {
    name: 'a key that is late',
    before: [...KEYED.before, value('strip', 'c', 'gate.lookahead', 5)],
    change: [(mix) => keyStrip(mix, 'b', 'c')],
  },
  {
    name: 'the look-ahead of a key',
    before: [...KEYED.before, (mix) => keyStrip(mix, 'b', 'c')],
    change: [value('strip', 'c', 'gate.lookahead', 5)],
  },
  { name: 'a key that goes', before: [...KEYED.before, (mix) => keyStrip(mix, 'b', 'c')], change: [(mix) => removeStrip(mix, 'c')] },
];

const HOLDERS = ['a', 'g', 'hall', MASTER] as const;
const EFFECTS: readonly Case[] = INSERT_TYPES.flatMap((type, nth) => {
  const on = HOLDERS[nth % HOLDERS.length] ?? 'a';
  return [
    { name: `${type} as an effect of ${on}`, change: [(mix: Mix) => addInsert(mix, on, type)] },
    {
      name: `${type} switched off`,
      before: [(mix: Mix) => addInsert(mix, 'a', type)],
      change: [(mix: Mix) => setValue(mix, { on: 'insert', id: insertOf(mix, 'a', 0), parameter: 'on' }, 0)],
    },
    {
      name: `${type} before an equaliser instead of behind it`,
      before: [(mix: Mix) => addInsert(mix, 'b', 'eq'), (mix: Mix) => addInsert(mix, 'b', type)],
      change: [(mix: Mix) => moveInsert(mix, insertOf(mix, 'b', 1), insertOf(mix, 'b', 0))],
    },
  ];
});
const LIMITERS: readonly Case[] = HOLDERS.map((on) => ({
  name: `a limiter as an effect of ${on}`,
  change: [(mix: Mix) => addInsert(mix, on, 'limiter')],
}));

/** A desk that plays a mix, and shows others as the page does. */
function playing(mix: Mix, signal: (nth: number) => Float32Array) {
  const rig = new Rig(module);
  const sources = new Map(['a', 'b', 'c'].map((id, nth) => [id, rig.addStem([signal(nth)])]));
  const driver = new DeskDriver(new DeskLine(rig.desk, () => true));
  const show = (next: Mix) => expect(driver.show({ mix: next, sources, soloed: new Set(), mode: 'in place', remote: false })).toBe(true);
  show(mix);
  rig.desk.write([{ do: 'loop', range: { from: 0, until: 192_000 } }]);
  rig.loopFrom = 0;
  rig.fill(0);
  rig.desk.write([{ do: 'start', position: 0 }]);
  rig.render(24_000);
  return { rig, show };
}

/** A mix played on and on: each stretch's greatest splatter over both sides. */
function heard({ rig }: ReturnType<typeof playing>): () => number {
  let last = rig.render(BEFORE);
  return () => {
    const now = rig.render(APART);
    const found = now.map((side, at) => splatter(Float32Array.from([...(last[at]?.slice(-BEFORE) ?? []), ...side]), TONE));
    last = now;
    return Math.max(...found);
  };
}

/** The greatest splatter while a change is made and taken back several times, and of the two mixes left alone. */
function measured({ before = [], change }: Case, signal: (nth: number) => Float32Array) {
  const made = console_();
  for (const hands of before) made.do(hands(made.mix));
  const from = made.mix;
  for (const hands of change) made.do(hands(made.mix));
  const to = made.mix;
  const unchanged = Math.max(...[from, to].map((mix) => heard(playing(mix, signal))()));
  const desk = playing(from, signal);
  const next = heard(desk);
  let changing = -200;
  for (let n = 0; n < 2 * ROUNDS; n++) {
    desk.show(n % 2 === 0 ? to : from);
    changing = Math.max(changing, next());
  }
  return { changing, unchanged };
}

describe('the console is put together differently while a tone sounds', () => {
  it.each([...ROUTES, ...WAITS, ...LIMITERS, ...EFFECTS])('$name: no click', (one) => {
    // 150 Hz and its multiples have whole periods in the loop.
    const { changing, unchanged } = measured(one, (nth) => sine(150 * (nth + 1), 192_000, TONE / (nth + 1)));
    console.log(`${one.name}: ${changing.toFixed(1)} dB above 12 kHz, unchanged ${unchanged.toFixed(1)}`);
    expect(changing).toBeLessThan(Math.max(CLICK, unchanged + 1));
  });

  // Noise has edges of its own, the greatest of them by chance: 3 dB are what two stretches of it differ by.
  it.each([...ROUTES, ...LIMITERS])('$name: no more edges than the noise has', (one) => {
    const { changing, unchanged } = measured(one, (nth) => noise(192_000, TONE / 3, nth + 1));
    expect(changing).toBeLessThan(unchanged + 3);
  });
});
