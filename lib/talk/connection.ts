import type { TalkSignal, TalkWays } from '../protocol';
import { createStore, type ReadableStore } from '../std';
import { type Happening, type Negotiation, negotiate, type Step, settled } from './negotiation';
import type { TalkRim, Wire, WireState } from './wire';

interface ConnectionParts {
  readonly rim: TalkRim;
  readonly ways: TalkWays;
  /** Exactly one of two pages is. */
  readonly polite: boolean;
  readonly send: (signal: TalkSignal) => void;
}

/** So often new ways are looked for before a connection is given up. */
const MOST_RESTARTS = 3;

/** The connection to one page: does what the negotiation asks for, one step after another. */
export class Connection {
  private readonly wire: Wire;
  private negotiation: Negotiation;
  private readonly steps: Step[] = [];
  private working = false;
  private closed = false;
  private restarts = 0;
  private readonly stateStore = createStore<WireState>('connecting');
  readonly state: ReadableStore<WireState> = this.stateStore;

  constructor(private readonly parts: ConnectionParts) {
    this.negotiation = settled(parts.polite);
    this.wire = parts.rim.connect(parts.ways, {
      candidate: (candidate) => parts.send({ candidate }),
      state: (state) => this.fares(state),
    });
  }

  /** Asks the other page for a connection. */
  open(): void {
    this.happen({ what: 'wanted', restart: false });
  }

  hearSignal(signal: TalkSignal): void {
    this.happen({ what: 'heard', signal });
  }

  speak(track: MediaStreamTrack | null): void {
    this.wire.speak(track);
  }

  hear(on: boolean): void {
    this.wire.hear(on);
  }

  level(): number {
    return this.wire.level();
  }

  close(): void {
    this.closed = true;
    this.wire.close();
  }

  private happen(happening: Happening): void {
    if (this.closed) return;
    const [next, steps] = negotiate(this.negotiation, happening);
    this.negotiation = next;
    this.steps.push(...steps);
    if (!this.working) void this.work();
  }

  private async work(): Promise<void> {
    this.working = true;
    for (let step = this.steps.shift(); step && !this.closed; step = this.steps.shift()) {
      try {
        await this.take(step);
      } catch {
        // A description that a browser does not take leaves the connection useless; a candidate that it does not is one way less.
        if (step.do !== 'candidate' && !this.closed) this.stateStore.set('failed');
      }
    }
    this.working = false;
  }

  private async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'offer':
        return this.happen({ what: 'made', description: await this.wire.offer(step.restart) });
      case 'answer':
        return this.happen({ what: 'made', description: await this.wire.answer() });
      case 'take':
        return await this.wire.take(step.description);
      case 'candidate':
        return await this.wire.candidate(step.candidate);
      case 'send':
        return this.parts.send(step.signal);
    }
  }

  private fares(state: WireState): void {
    if (this.closed) return;
    if (state === 'failed' && this.restarts < MOST_RESTARTS) {
      this.restarts++;
      this.stateStore.set('connecting');
      this.happen({ what: 'wanted', restart: true });
      return;
    }
    if (state === 'connected') this.restarts = 0;
    this.stateStore.set(state);
  }
}
