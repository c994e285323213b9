import type { Awareness as AwarenessStates } from 'y-protocols/awareness';
import type { Mix } from '../../mix';
import { type Ears, earsSchema } from '../../protocol';
import { createStore, type ReadableStore, type Scope } from '../../std';
import type { Person, PersonEars, SaveState } from '../types';
import { compareEars } from './compare';
import { MixPrint, type PrintParts } from './mix-print';
import { OwnEars, type ToldEngine } from './own-ears';
import { StandingFindings } from './standing';

export interface EarsParts {
  readonly engine: ToldEngine & PrintParts['engine'];
  readonly mix: ReadableStore<Mix>;
  /** Whether that is another mix than the shared one: which one is told to nobody. */
  readonly apart: ReadableStore<boolean>;
  readonly saved: ReadableStore<SaveState>;
  readonly here: ReadableStore<readonly Person[]>;
  readonly awareness: Pick<AwarenessStates, 'getStates'>;
  /** Tells the others. */
  readonly tell: (ears: Ears) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly scope: Scope;
}

const LOOK_MS = 1000;
/** From one report of a page to its next, for each who is here: all hear all, which grows with the square. */
const EACH_MS = 100;
/** What passes sooner, reports on their way aside, is no difference: a change just made, a seek, a stem that loads. */
const STANDS_MS = 3000;

/** Tells the others what this page really plays, and compares what all of them say. */
export class SessionEars {
  private readonly listStore = createStore<readonly PersonEars[]>([]);
  /** Who is here, with what each hears. */
  readonly list: ReadableStore<readonly PersonEars[]> = this.listStore;
  private readonly own: OwnEars;
  private readonly print: MixPrint;
  private readonly standing = new StandingFindings();
  private told = '';
  private toldMix: string | null = null;
  private toldAt = Number.NEGATIVE_INFINITY;
  private shown = '';

  constructor(private readonly parts: EarsParts) {
    const { engine, mix, here, now, scope } = parts;
    this.own = new OwnEars(engine);
    this.print = new MixPrint({ engine, mix, now, scope, accompanied: () => here.get().length > 1 });
    scope.every(LOOK_MS, () => this.look());
    scope.add(here.subscribe(() => this.look()));
    // A hidden page looks seldom, but hears of changes at once: that its mix is another one now should not wait.
    scope.add(
      mix.subscribe(() => {
        if (this.toldMix !== null) this.look();
      }),
    );
  }

  private get apart(): number {
    return this.parts.here.get().length * EACH_MS;
  }

  private look(): void {
    const { saved, apart, now, tell } = this.parts;
    const isApart = apart.get();
    if (!isApart) this.print.look();
    const mine = this.own.read(now(), saved.get(), isApart ? 'own' : this.print.known);
    this.compare(mine);
    const text = JSON.stringify(mine);
    if (text === this.told || now() - this.toldAt < this.apart) return;
    this.told = text;
    this.toldMix = mine.mix;
    this.toldAt = now();
    tell(mine);
  }

  private compare(mine: Ears): void {
    const { here, awareness, now } = this.parts;
    const states = awareness.getStates();
    const people = here.get().map((person) => ({ person, ears: person.me ? mine : earsIn(states.get(person.client)) }));
    const listeners = people.map(({ person: { client, me }, ears }) => ({ client, me, ears }));
    const compared = this.standing.look(compareEars(listeners), now(), STANDS_MS + 2 * this.apart);
    const list = people.flatMap(({ person, ears }, at): PersonEars[] => {
      const one = compared[at];
      return one ? [{ person, ears, findings: one.findings, verdict: one.verdict }] : [];
    });
    const text = JSON.stringify(list);
    if (text === this.shown) return;
    this.shown = text;
    this.listStore.set(list);
  }
}

/** What an awareness entry says of its page's sound; null where it says nothing that can be read. */
function earsIn(state: unknown): Ears | null {
  if (typeof state !== 'object' || state === null) return null;
  const read = earsSchema.safeParse(Reflect.get(state, 'ears'));
  return read.success ? read.data : null;
}
