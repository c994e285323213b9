import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TalkSignal } from '../protocol';
import { type Description, type Happening, type Negotiation, negotiate, type Step, settled } from './negotiation';

const SEED = Number(process.env['SEED'] ?? 20_261_130);

/** What a browser holds of a connection: the descriptions that are set, and whether its own still waits for an answer. */
class Held {
  local: string | null = null;
  remote: string | null = null;
  pending: string | null = null;
  private made = 0;

  constructor(readonly name: string) {}

  make(type: Description['type']): Description {
    const sdp = `${type} ${++this.made} of ${this.name}`;
    if (type === 'offer') this.pending = sdp;
    else {
      if (this.pendingRemote === null) throw new Error(`${this.name} answers nothing`);
      this.local = `${sdp} to ${this.pendingRemote}`;
      this.remote = this.pendingRemote;
      this.pendingRemote = null;
      return { type, sdp: this.local };
    }
    return { type, sdp };
  }

  private pendingRemote: string | null = null;

  take({ type, sdp }: Description): void {
    if (type === 'offer') {
      this.pending = null;
      this.pendingRemote = sdp;
      return;
    }
    if (this.pending === null || !sdp.endsWith(` to ${this.pending}`)) throw new Error(`${this.name} gets ${sdp} for ${this.pending}`);
    this.local = this.pending;
    this.remote = sdp;
    this.pending = null;
  }
}

/** One page: its machine, the steps it has to do, and what is on the way to it. */
class Page {
  state: Negotiation;
  readonly steps: Step[] = [];
  readonly inbox: TalkSignal[] = [];
  readonly held: Held;
  other: Page | null = null;

  constructor(name: string, polite: boolean) {
    this.state = settled(polite);
    this.held = new Held(name);
  }

  happen(happening: Happening): void {
    const [next, steps] = negotiate(this.state, happening);
    this.state = next;
    this.steps.push(...steps);
  }

  step(): void {
    const step = this.steps.shift();
    if (step?.do === 'offer' || step?.do === 'answer') this.happen({ what: 'made', description: this.held.make(step.do) });
    else if (step?.do === 'take') this.held.take(step.description);
    else if (step?.do === 'send') this.other?.inbox.push(step.signal);
  }

  hear(): void {
    const signal = this.inbox.shift();
    if (signal) this.happen({ what: 'heard', signal });
  }
}

function pair() {
  const a = new Page('a', true);
  const b = new Page('b', false);
  a.other = b;
  b.other = a;
  const settle = () => {
    for (let n = 0; n < 1000 && [a, b].some((page) => page.steps.length + page.inbox.length > 0); n++) {
      for (const page of [a, b]) {
        page.step();
        page.hear();
      }
    }
  };
  return { a, b, settle };
}

/** Both hold the same two descriptions, and nothing is open. */
function agrees(a: Page, b: Page): void {
  expect([a.state.phase, b.state.phase]).toEqual(['stable', 'stable']);
  expect([a.held.local, a.held.remote]).toEqual([b.held.remote, b.held.local]);
  expect(a.held.local).not.toBeNull();
}

test('one who wants to talk offers, the other answers', () => {
  const { a, b, settle } = pair();
  a.happen({ what: 'wanted', restart: false });
  settle();
  agrees(a, b);
  expect(a.held.local).toBe('offer 1 of a');
});

test('glare: of two offers that meet the one of the impolite counts, and its candidates alone', () => {
  const { a, b, settle } = pair();
  a.happen({ what: 'wanted', restart: false });
  b.happen({ what: 'wanted', restart: false });
  a.step();
  a.step();
  b.step();
  b.step();
  // Each has offered; b passes over a's offer and what belongs to it.
  b.hear();
  b.happen({ what: 'heard', signal: { candidate: { candidate: 'of the withdrawn offer' } } });
  expect(b.steps).toEqual([]);
  settle();
  agrees(a, b);
  expect(b.held.local).toBe('offer 1 of b');
});

test('new ways that are wanted meanwhile are asked for as soon as it is settled', () => {
  const { a, b, settle } = pair();
  a.happen({ what: 'wanted', restart: false });
  a.happen({ what: 'wanted', restart: true });
  settle();
  agrees(a, b);
  expect(a.held.local).toBe('offer 2 of a');
});

test('whatever the order in which steps are done and signals come, both end with the same', () => {
  const act = fc.record({ who: fc.boolean(), what: fc.constantFrom('want', 'restart', 'step', 'step', 'hear', 'hear') });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const { a, b, settle } = pair();
      a.happen({ what: 'wanted', restart: false });
      for (const { who, what } of acts) {
        const page = who ? a : b;
        if (what === 'step') page.step();
        else if (what === 'hear') page.hear();
        else page.happen({ what: 'wanted', restart: what === 'restart' });
      }
      settle();
      agrees(a, b);
    }),
    { seed: SEED, numRuns: 2000 },
  );
});
