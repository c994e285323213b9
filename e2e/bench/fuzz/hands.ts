import type { Chance } from '../../../lib/desk/chance';
import {
  addAux,
  addGroup,
  addInsert,
  addStrip,
  addVca,
  assignVca,
  type Change,
  createSend,
  type Insert,
  type InsertType,
  insertsOf,
  keyStrip,
  MASTER,
  type Mix,
  moveInsert,
  moveStrip,
  removeInsert,
  removeSend,
  removeStrip,
  routeStrip,
  type Strip,
  setValue,
} from '../../../lib/mix';

/** Effects that add no edges to a tone. */
const SMOOTH: readonly InsertType[] = ['reverb', 'delay', 'chorus', 'flanger', 'phaser', 'width', 'eq', 'limiter', 'deesser', 'compressor'];
const MOST_STRIPS = 16;

export interface Hands {
  readonly name: string;
  readonly changes: readonly Change[];
}

/** Controls that bend no wave, from and to what. Nothing gets louder: the tones stay far above what a fade leaves of them. */
const CONTROLS: readonly (readonly [parameter: string, low: number, high: number])[] = [
  ['fader', -20, 0],
  ['trim', -12, 0],
  ['pan', -100, 100],
  ['width', 0, 150],
  ['mute', 0, 1],
  ['polarity', 0, 1],
  ['delay.on', 0, 1],
  ['delay.time', 0, 60],
  ['comp.on', 0, 1],
  ['comp.lookahead', 0, 10],
  ['gate.lookahead', 0, 5],
];
const SWITCHES = /^(mute|polarity|.*\.on)$/;

/** Anything that people do to a console while it plays; it may have nothing to do. `id`: of what is made. */
export function anyHands(mix: Mix, chance: Chance, stems: readonly string[], id: string): Hands {
  const strips = [...mix.strips.values()];
  const of = (...kinds: readonly Strip['kind'][]) => strips.filter(({ kind }) => kinds.includes(kind));
  const sounding = of('stem', 'group', 'aux');
  const some = (all: readonly Strip[]) => all.filter(() => chance.often(0.3)).map((strip) => strip.id);
  const any = (all: readonly Strip[]) => (all.length > 0 ? chance.of(all).id : '');
  const inserts = strips.flatMap((strip) => insertsOf(mix, strip.id));
  const insert = inserts.length > 0 ? chance.of(inserts) : null;
  const does = (name: string, changes: readonly Change[]): Hands => ({ name, changes });
  const room = strips.length < MOST_STRIPS;
  const kinds: readonly (() => Hands)[] = [
    () => does('a strip', room ? addStrip(mix, { id, name: id, stem: chance.of(stems) }) : []),
    () => does('a group', room ? addGroup(mix, { id, name: id }, some(of('stem', 'group'))) : []),
    () => does('an aux', room ? addAux(mix, { id, name: id }, { id: `${id}x`, type: chance.of(SMOOTH) }) : []),
    () => does('a VCA', room ? addVca(mix, { id, name: id }, some(sounding)) : []),
    () =>
      ofStrip('less', any(strips), (strip) =>
        of('stem').length > 2 || mix.strips.get(strip)?.kind !== 'stem' ? removeStrip(mix, strip) : [],
      ),
    () => ofStrip('elsewhere', any(sounding), (strip) => routeStrip(mix, strip, any(of('group', 'master')))),
    () => ofStrip('elsewhere', any(of('stem', 'group')), (strip) => routeStrip(mix, strip, any(of('group', 'master')))),
    () => ofStrip('moved', any(sounding), (strip) => moveStrip(mix, strip, chance.often(0.8) ? any(sounding) : null)),
    () => ofStrip('sent', any(sounding), (strip) => createSend(mix, strip, any(of('aux')), (-3 - chance.below(20)) as never)),
    () => does('a send less', mix.sends.size > 0 ? removeSend(mix, chance.of([...mix.sends.keys()])) : []),
    () => does('a send', sendMoved(mix, chance)),
    () => ofStrip('follows', any(sounding), (strip) => assignVca(mix, strip, any(of('vca')), chance.often(0.6))),
    () => ofStrip('listens', any(sounding), (strip) => keyStrip(mix, strip, chance.often(0.7) ? any(sounding) : null)),
    () => ofStrip('an effect', any(of('stem', 'group', 'aux', 'master')), (strip) => addInsert(mix, strip, chance.of(SMOOTH))),
    () => does(`${insert?.type} less`, insert ? removeInsert(insert.id) : []),
    () => does(`${insert?.type} elsewhere in its chain`, insert ? insertMoved(mix, chance, insert) : []),
    () => does(`${insert?.type} on or off`, insert ? insertSwitched(mix, chance, insert) : []),
    () => control(mix, chance, any(strips)),
    () => control(mix, chance, any(strips)),
    () => control(mix, chance, any(sounding)),
  ];
  return chance.of(kinds)();

  function ofStrip(what: string, strip: string, changes: (strip: string) => readonly Change[]): Hands {
    return does(`${strip} (${mix.strips.get(strip)?.kind}) ${what}`, strip === '' ? [] : changes(strip));
  }
}

function control(mix: Mix, chance: Chance, id: string): Hands {
  const [parameter, low, high] = chance.of(CONTROLS);
  const value = SWITCHES.test(parameter) ? Number(chance.often(0.4)) : low + (high - low) * chance.next();
  // The master stays open: else there is nothing left to hear.
  const kept = id === MASTER && parameter === 'mute';
  return { name: `${parameter} of ${id} ${value.toFixed(2)}`, changes: kept ? [] : setValue(mix, { on: 'strip', id, parameter }, value) };
}

function sendMoved(mix: Mix, chance: Chance): readonly Change[] {
  if (mix.sends.size === 0) return [];
  const id = chance.of([...mix.sends.keys()]);
  if (chance.often(0.3)) return setValue(mix, { on: 'send', id, parameter: 'pre' }, chance.below(2));
  return setValue(mix, { on: 'send', id, parameter: 'level' }, -30 * chance.next());
}

function insertMoved(mix: Mix, chance: Chance, insert: Insert): readonly Change[] {
  const others = insertsOf(mix, insert.strip).filter(({ id }) => id !== insert.id);
  return moveInsert(mix, insert.id, others.length > 0 && chance.often(0.8) ? chance.of(others).id : null);
}

function insertSwitched(mix: Mix, chance: Chance, insert: Insert): readonly Change[] {
  if (chance.often(0.3)) return setValue(mix, { on: 'insert', id: insert.id, parameter: 'mix' }, 100 * chance.next());
  return setValue(mix, { on: 'insert', id: insert.id, parameter: 'on' }, chance.below(2));
}
