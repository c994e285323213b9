import type { TalkCall, TalkEvent, TalkPeer, TalkWelcome } from '../protocol';
import { createStore, err, ok, type Result, Scope } from '../std';
import type { Description } from './negotiation';
import { Talk } from './talk';
import type { Microphone, TalkRim, Wire, WireEvents } from './wire';

const track = (name: string) => ({ id: name }) as MediaStreamTrack;

/** All wires of a test by the descriptions that they made: whoever takes one is connected with who made it. */
class Wires {
  readonly made = new Map<string, FakeWire>();
  readonly all: FakeWire[] = [];
  /** No way leads from one to another. */
  cut = false;
}

export class FakeWire implements Wire {
  sends: MediaStreamTrack | null = null;
  heard = false;
  closed = false;
  loudness = 0;
  offers = 0;
  private other: FakeWire | null = null;

  constructor(
    private readonly wires: Wires,
    readonly owner: string,
    readonly events: WireEvents,
  ) {
    wires.all.push(this);
  }

  private make(type: Description['type']): Promise<Description> {
    const sdp = `${type} ${this.wires.made.size} of ${this.owner}`;
    this.wires.made.set(sdp, this);
    if (type === 'offer') this.offers++;
    else this.meets();
    return Promise.resolve({ type, sdp });
  }
  private meets(): void {
    if (!this.wires.cut) this.events.state('connected');
  }
  offer(): Promise<Description> {
    return this.make('offer');
  }
  answer(): Promise<Description> {
    return this.make('answer');
  }
  take({ type, sdp }: Description): Promise<void> {
    this.other = this.wires.made.get(sdp) ?? null;
    if (type === 'answer') this.meets();
    return Promise.resolve();
  }
  candidate(): Promise<void> {
    return Promise.resolve();
  }
  speak(sound: MediaStreamTrack | null): void {
    this.sends = sound;
  }
  hear(on: boolean): void {
    this.heard = on;
  }
  /** What comes from whom it is connected with. */
  get arrives(): MediaStreamTrack | null {
    return this.other?.sends ?? null;
  }
  level(): number {
    return this.loudness;
  }
  close(): void {
    this.closed = true;
  }
}

/** A service that behaves as `server/live/talk.ts`, and any number of pages. Everything is told after the present step. */
export class Stage {
  readonly wires = new Wires();
  readonly scope = new Scope();
  now = 0;
  private readonly pages = new Map<string, StagedPage>();
  private ids = 0;

  page(client: number, options: { readonly listener?: boolean; readonly refused?: string } = {}): StagedPage {
    return new StagedPage(this, client, options);
  }

  call(page: StagedPage, call: TalkCall): Result<TalkWelcome | null, string> {
    if (call.action === 'join') {
      if (page.id === null) {
        page.id = `line ${++this.ids}`;
        this.tell({ what: 'here', peers: [page.peer()] });
        this.pages.set(page.id, page);
      }
      return ok({ peer: page.id, peers: [...this.pages.values()].map((one) => one.peer()), ways: { servers: [], relayOnly: false } });
    }
    if (page.id === null) return err('Join first.');
    if (call.action === 'speak') {
      if (call.on && page.options.listener) return err('As listener you may not talk.');
      this.setSpeaking(page, call.on);
    } else if (call.action === 'leave') this.leave(page);
    else {
      const { to, signal } = call;
      const from = page.id;
      queueMicrotask(() => this.pages.get(to)?.talk.take({ what: 'signal', from, signal }));
    }
    return ok(null);
  }

  setSpeaking(page: StagedPage, on: boolean): void {
    if (page.id === null || page.speaking === on) return;
    page.speaking = on;
    this.tell({ what: 'speaking', peer: page.id, on });
  }

  leave(page: StagedPage): void {
    if (page.id === null) return;
    this.pages.delete(page.id);
    this.tell({ what: 'gone', peer: page.id });
    page.id = null;
    page.speaking = false;
  }

  private tell(event: TalkEvent): void {
    const whom = [...this.pages.values()];
    queueMicrotask(() => {
      for (const page of whom) page.talk.take(event);
    });
  }
}

export class StagedPage {
  id: string | null = null;
  speaking = false;
  readonly connected = createStore(true);
  readonly talk: Talk;
  opened = 0;
  loudness = 0;
  microphoneOpen = false;

  constructor(
    private readonly stage: Stage,
    readonly client: number,
    readonly options: { readonly listener?: boolean; readonly refused?: string },
  ) {
    const rim: TalkRim = {
      connect: (_, events) => new FakeWire(stage.wires, String(client), events),
      openMicrophone: () => this.open(),
    };
    this.talk = new Talk({
      call: (call) => Promise.resolve(this.connected.get() ? stage.call(this, call) : err('There is no connection.')),
      client,
      rim,
      connected: this.connected,
      now: () => stage.now,
      scope: stage.scope,
    });
  }

  peer(): TalkPeer {
    return { peer: this.id ?? '', client: this.client, user: { id: `user ${this.client}`, name: 'N', color: 1 }, speaking: this.speaking };
  }

  /** The line breaks; the service notices. */
  cut(): void {
    this.stage.leave(this);
    this.connected.set(false);
  }

  back(): void {
    this.connected.set(true);
  }

  /** Its wires that are not closed. */
  get wires(): readonly FakeWire[] {
    return this.stage.wires.all.filter(({ owner, closed }) => owner === String(this.client) && !closed);
  }

  /** The sounds that this page hears. */
  get hears(): readonly string[] {
    return this.wires.flatMap(({ heard, arrives }) => (heard && arrives ? [arrives.id] : []));
  }

  private open(): Promise<Microphone> {
    if (this.options.refused) return Promise.reject(new Error(this.options.refused));
    this.opened++;
    this.microphoneOpen = true;
    return Promise.resolve({
      track: track(`voice of ${this.client}`),
      level: () => this.loudness,
      close: () => {
        this.microphoneOpen = false;
      },
    });
  }
}

/** Lets everything that waits for a turn have it. */
export async function turns(count = 60): Promise<void> {
  for (let n = 0; n < count; n++) await Promise.resolve();
}
