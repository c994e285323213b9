import type { TalkCall, TalkEvent, TalkPeer, TalkSignal, TalkWays, TalkWelcome } from '../protocol';
import { createStore, err, ok, type ReadableStore, type Result, type Scope } from '../std';
import { Connection } from './connection';
import type { Microphone, TalkRim } from './wire';

export interface TalkParts {
  /** Asks the service; an error is a sentence for the user. */
  readonly call: (call: TalkCall) => Promise<Result<TalkWelcome | null, string>>;
  /** By which presence knows this page. */
  readonly client: number;
  readonly rim: TalkRim;
  /** Whether the line to the service stands. */
  readonly connected: ReadableStore<boolean>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly scope: Scope;
}

/** Where my own voice is: nobody hears me; the microphone or the ways are being opened; the others hear me. */
export type OwnVoice = 'silent' | 'opening' | 'speaking';

/** After the last word the microphone stays open for so long, so that the next one is heard at once. */
const KEEPS_OPEN_MS = 30_000;
/** The ways are asked for anew long before a relay's credentials end. */
const NEW_WAYS_MS = 3_600_000;
/** So long a first word waits for the others' pages; whoever takes longer joins in. */
const WAITS_MS = 3000;
const LOOK_MS = 50;
/** −50 dBFS: above it somebody speaks. */
const SPEECH = 0.003;
/** The voice is held over breaths and pauses between words. */
const HOLD_MS = 2000;

/**
 * Talking with those who have the session open. Voices go from page to page; the service tells who is there and who speaks, and
 * only who it says speaks is heard. Connections are made when somebody speaks for the first time, and then kept.
 */
export class Talk {
  private readonly peers = new Map<string, TalkPeer>();
  private readonly connections = new Map<string, Connection>();
  private me: string | null = null;
  private ways: TalkWays = { servers: [], relayOnly: false };
  private refusal: string | null = null;
  private microphone: Microphone | null = null;
  private wants = 0;
  private endKeeping = () => {};
  private readonly lastVoice = new Map<number, number>();
  private readonly ownStore = createStore<OwnVoice>('silent');
  readonly own: ReadableStore<OwnVoice> = this.ownStore;
  private readonly speakersStore = createStore<ReadonlySet<number>>(new Set());
  /** Pages whose voices are open, by presence; mine too. */
  readonly speakers: ReadableStore<ReadonlySet<number>> = this.speakersStore;
  private readonly voiceStore = createStore(false);
  /** Whether a voice can be heard now, pauses between words left aside. */
  readonly voice: ReadableStore<boolean> = this.voiceStore;

  constructor(private readonly parts: TalkParts) {
    const { connected, scope } = parts;
    scope.add(connected.subscribe(() => (connected.get() ? void this.join() : this.lost())));
    scope.every(NEW_WAYS_MS, () => void this.join());
    scope.every(LOOK_MS, () => this.listen());
    scope.add(() => this.end());
    if (connected.get()) void this.join();
  }

  /** Opens my mouth. Resolves when the others hear me, or at once with why not; `stop` meanwhile gives it up. */
  async speak(device: string): Promise<Result<void, string>> {
    const turn = ++this.wants;
    if (!this.me && !(await this.join())) return err(this.refusal ?? 'Voices cannot be reached just now; try again.');
    this.ownStore.set('opening');
    this.endKeeping();
    try {
      this.microphone ??= await this.parts.rim.openMicrophone(device);
    } catch (problem) {
      if (turn === this.wants) this.ownStore.set('silent');
      return err(problem instanceof Error ? problem.message : 'The microphone could not be opened.');
    }
    if (turn !== this.wants) {
      if (this.ownStore.get() === 'silent') this.keepForAWhile();
      return ok(undefined);
    }
    const allowed = await this.parts.call({ action: 'speak', on: true });
    if (!allowed.ok) {
      this.stop();
      return err(allowed.error);
    }
    if (turn !== this.wants) {
      void this.parts.call({ action: 'speak', on: false });
      return ok(undefined);
    }
    for (const peer of this.peers.keys()) if (peer !== this.me) this.connectionTo(peer, true);
    for (const connection of this.connections.values()) connection.speak(this.microphone?.track ?? null);
    await this.othersReached();
    if (turn === this.wants) this.ownStore.set('speaking');
    return ok(undefined);
  }

  /** Closes my mouth. */
  stop(): void {
    this.wants++;
    if (this.ownStore.get() === 'silent') return;
    this.ownStore.set('silent');
    for (const connection of this.connections.values()) connection.speak(null);
    void this.parts.call({ action: 'speak', on: false });
    this.keepForAWhile();
  }

  /** Another microphone from the next word on. */
  changeMicrophone(): void {
    this.closeMicrophone();
  }

  /** How loud a page's voice is now, 0 to 1; cheap: call it every frame. */
  level(client: number): number {
    if (client === this.parts.client) return this.ownStore.get() === 'silent' ? 0 : (this.microphone?.level() ?? 0);
    if (!this.speakersStore.get().has(client)) return 0;
    for (const [id, peer] of this.peers) if (peer.client === client) return this.connections.get(id)?.level() ?? 0;
    return 0;
  }

  take(event: TalkEvent): void {
    if (event.what === 'here') for (const peer of event.peers) this.put(peer);
    else if (event.what === 'gone') this.drop(event.peer);
    else if (event.what === 'speaking') this.speaks(event.peer, event.on);
    else if (this.peers.has(event.from) && event.from !== this.me) this.connectionTo(event.from, false).hearSignal(event.signal);
    this.show();
  }

  private async join(): Promise<boolean> {
    const answer = await this.parts.call({ action: 'join', client: this.parts.client });
    if (this.parts.scope.isClosed) return false;
    this.refusal = answer.ok ? null : answer.error;
    if (!answer.ok || answer.value === null) return false;
    const { peer, peers, ways } = answer.value;
    this.ways = ways;
    this.me = peer;
    for (const one of peers) this.put(one);
    this.show();
    return true;
  }

  /** The line is gone, and with it all ways to agree; whoever talked has to begin again. */
  private lost(): void {
    for (const connection of this.connections.values()) connection.close();
    this.connections.clear();
    this.peers.clear();
    this.me = null;
    if (this.ownStore.get() !== 'silent') {
      this.wants++;
      this.ownStore.set('silent');
      this.keepForAWhile();
    }
    this.show();
  }

  private put(peer: TalkPeer): void {
    // The same page on a new line: what it had is gone.
    for (const [id, known] of this.peers) {
      if (id !== peer.peer && known.client === peer.client && known.user.id === peer.user.id) this.drop(id);
    }
    const isNew = !this.peers.has(peer.peer);
    this.peers.set(peer.peer, peer);
    if (isNew && peer.peer !== this.me && this.ownStore.get() !== 'silent' && this.microphone) {
      this.connectionTo(peer.peer, true).speak(this.microphone.track);
    }
    this.speaks(peer.peer, peer.speaking);
  }

  private drop(peer: string): void {
    this.peers.delete(peer);
    this.connections.get(peer)?.close();
    this.connections.delete(peer);
  }

  private speaks(id: string, on: boolean): void {
    const peer = this.peers.get(id);
    if (!peer) return;
    this.peers.set(id, { ...peer, speaking: on });
    this.connections.get(id)?.hear(on);
    if (on && !peer.speaking) this.lastVoice.set(peer.client, this.parts.now());
    // The service has closed it: the role allows no more.
    if (id === this.me && !on && this.ownStore.get() === 'speaking') this.stop();
  }

  /** The connection to a page, which is asked for when there is none and `ask` says so. */
  private connectionTo(peer: string, ask: boolean): Connection {
    const known = this.connections.get(peer);
    if (known && known.state.get() !== 'failed') return known;
    known?.close();
    const { rim, call } = this.parts;
    const connection = new Connection({
      rim,
      ways: this.ways,
      polite: (this.me ?? '') < peer,
      send: (signal: TalkSignal) => void call({ action: 'signal', to: peer, signal }),
    });
    this.connections.set(peer, connection);
    connection.hear(this.peers.get(peer)?.speaking ?? false);
    if (this.ownStore.get() !== 'silent') connection.speak(this.microphone?.track ?? null);
    if (ask) connection.open();
    return connection;
  }

  /** Resolves when the first of the others is reached, or nobody is there, or it takes too long. */
  private othersReached(): Promise<void> {
    const some = [...this.connections.values()];
    const reached = () => some.length === 0 || some.some(({ state }) => state.get() !== 'connecting');
    if (reached()) return Promise.resolve();
    const waiting = this.parts.scope.child();
    return new Promise<void>((resolve) => {
      waiting.add(resolve);
      for (const { state } of some) waiting.add(state.subscribe(() => reached() && waiting.close()));
      waiting.after(WAITS_MS, () => waiting.close());
    });
  }

  private keepForAWhile(): void {
    this.endKeeping();
    this.endKeeping = this.parts.scope.after(KEEPS_OPEN_MS, () => this.closeMicrophone());
  }

  private closeMicrophone(): void {
    this.microphone?.close();
    this.microphone = null;
  }

  private show(): void {
    const speakers = [...this.peers.values()].flatMap(({ client, speaking }) => (speaking ? [client] : []));
    const before = this.speakersStore.get();
    if (speakers.length !== before.size || speakers.some((client) => !before.has(client))) this.speakersStore.set(new Set(speakers));
    this.listen();
  }

  private listen(): void {
    const speakers = this.speakersStore.get();
    const now = this.parts.now();
    for (const client of speakers) if (this.level(client) > SPEECH) this.lastVoice.set(client, now);
    this.voiceStore.set([...speakers].some((client) => now - (this.lastVoice.get(client) ?? Number.NEGATIVE_INFINITY) < HOLD_MS));
  }

  private end(): void {
    if (this.me !== null) void this.parts.call({ action: 'leave' });
    for (const connection of this.connections.values()) connection.close();
    this.connections.clear();
    this.closeMicrophone();
  }
}
