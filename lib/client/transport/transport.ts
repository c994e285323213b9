import { may, type Role } from '../../access';
import type { Engine } from '../../audio';
import { entry, positionAt, type ServerClock } from '../../clock';
import type { Alone, Anchor, Loop, Notice, TransportAction } from '../../protocol';
import { createStore, type ReadableStore, type Result, type Scope } from '../../std';
import type { Transport } from '../types';

export interface TransportParts {
  readonly engine: Pick<Engine, 'start' | 'state' | 'player'>;
  readonly clock: Pick<ServerClock, 'known' | 'bound' | 'toServer' | 'toLocal'>;
  readonly anchor: ReadableStore<Anchor | null>;
  readonly connected: ReadableStore<boolean>;
  readonly role: ReadableStore<Role>;
  /** Length of the song as the service knows it, seconds; 0 while it has none. */
  readonly length: () => number;
  /** Where the one plays whom I follow: with all, or on their own; null while I follow nobody. */
  readonly led: ReadableStore<Alone | 'together' | null>;
  /** I act by myself: whoever followed somebody no longer does. */
  readonly leave: () => void;
  /** Whether somebody else hears the song along. */
  readonly accompanied: () => boolean;
  readonly act: (action: TransportAction) => Promise<Result<Anchor, string>>;
  readonly notify: (notice: Notice) => void;
  /** Local monotonic milliseconds, as `performance.now()`. */
  readonly now: () => number;
  readonly scope: Scope;
}

/** What a player needs between being told and sounding. */
const LEAD_MS = 80;
/** The same for one who need not wait for others: what the player takes at the least, and a little. */
const OWN_LEAD_MS = 65;
const FOLLOW_EVERY_MS = 2000;
/** The first look after a start: then its error is known, and the machine has calmed down. */
const FIRST_LOOK_MS = 400;
/** Within this of a loop's ends the place in the song is ambiguous. */
const LOOP_EDGE = 0.15;
const ERRORS_KEPT = 5;
/** Reverbs ring out before the song stops by itself. */
const RING_OUT = 3;
const AT_END = 0.05;
/** On one's own it is told anew where one is, when that is off by more, seconds. */
const ALONE_OFF = 0.03;
/** Nearer than this, seconds, somebody has not gone elsewhere. */
const SLIP = 0.1;
/** The clock is known that soon after connecting; until then nobody can say where the song is. */
const CLOCK_MS = 50;

const FOLLOWING = 'You follow the others here. Choose “On my own” to play, stop and move by yourself.';
const ALONE_FOR_NOW = 'The others cannot be reached just now: you are listening on your own. Choose Together when the connection is back.';

/** A page on its own as the anchor of those who follow it. */
const asAnchor = (alone: Alone): Anchor => ({ ...alone, by: null, version: 0 });

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Play, stop, seek and loop: for all by way of the service's anchor, or on this machine alone. */
export class LiveTransport implements Transport {
  private readonly playingStore = createStore(false);
  readonly playing: ReadableStore<boolean> = this.playingStore;
  private readonly loopStore = createStore<Loop | null>(null);
  readonly loop: ReadableStore<Loop | null> = this.loopStore;
  private readonly togetherStore = createStore(true);
  readonly together: ReadableStore<boolean> = this.togetherStore;
  private readonly exactnessStore = createStore<number | null>(null);
  readonly exactness: ReadableStore<number | null> = this.exactnessStore;
  readonly connected: ReadableStore<boolean>;
  private readonly aloneStore = createStore<Alone | null>(null);
  /** Where this page plays on its own, for the others; null while it does not. */
  readonly alone: ReadableStore<Alone | null> = this.aloneStore;
  private errors: number[] = [];
  /** What the player was last told, so that it isn't told twice. */
  private followed: Anchor | null = null;
  private ledAnchor: Anchor | null = null;
  /** Server time of a start made here before the service heard of it. */
  private begunAt: number | null = null;

  constructor(private readonly parts: TransportParts) {
    const { anchor, engine, connected, scope } = parts;
    this.connected = connected;
    // What was measured on a line that is gone says nothing.
    scope.add(connected.subscribe(() => this.measure()));
    scope.add(anchor.subscribe(() => this.anchorChanged()));
    scope.add(parts.led.subscribe(() => this.ledChanged()));
    scope.add(
      engine.state.subscribe(() => {
        // The sound has just begun: whoever is together drops into the running song.
        if (engine.state.get().state === 'running' && this.guide()) this.join();
      }),
    );
    scope.add(engine.player.playing.subscribe(() => this.show()));
    scope.every(FOLLOW_EVERY_MS, () => {
      this.follow();
      this.tellAlone();
      this.endOfSong();
    });
  }

  position(): number {
    const { player } = this.parts.engine;
    const anchor = this.guide();
    // Without sound of its own the page still shows where the others are.
    return anchor?.playing && !player.playing.get() ? this.anchorPosition(anchor) : player.position();
  }

  play(): void {
    this.parts.leave();
    const { engine, connected, notify } = this.parts;
    void engine.start().catch(() => {
      // The engine's own state says why; the page shows it.
    });
    const together = this.togetherStore.get();
    if (together && this.parts.anchor.get()?.playing) this.join();
    else if (together && connected.get()) this.askForStart('play', this.startPosition());
    else {
      if (together) notify({ level: 'warning', text: ALONE_FOR_NOW });
      this.setTogether(false);
      this.playAlone();
    }
  }

  stop(): void {
    this.parts.leave();
    if (this.togetherStore.get()) this.ask({ action: 'stop', position: this.position() });
    else this.parts.engine.player.stop();
  }

  positionOf(alone: Alone): number {
    const { clock, now } = this.parts;
    return clock.known ? positionAt(asAnchor(alone), clock.toServer(now())) : alone.position;
  }

  seek(position: number): void {
    this.parts.leave();
    const to = Math.max(0, position);
    if (!this.togetherStore.get()) this.goTo(to);
    else if (this.playingStore.get()) this.askForStart('seek', to);
    else this.ask({ action: 'seek', position: to });
  }

  setLoop(loop: Loop | null): void {
    this.parts.leave();
    if (this.togetherStore.get()) this.ask({ action: 'loop', loop });
    else {
      this.takeLoop(loop);
      this.tellAlone();
    }
  }

  setTogether(together: boolean): void {
    this.parts.leave();
    this.goTogether(together);
  }

  private goTogether(together: boolean): void {
    if (together === this.togetherStore.get()) return;
    this.togetherStore.set(together);
    this.followed = null;
    this.errors = [];
    this.exactnessStore.set(null);
    if (together) this.anchorChanged();
    this.show();
  }

  /** By what the song goes here: where all are, or where the one is whom I follow; null for whoever goes by themselves. */
  private guide(): Anchor | null {
    if (this.togetherStore.get()) return this.parts.anchor.get();
    return this.ledAnchor;
  }

  /** The one I follow plays elsewhere, or has come to the others, or I follow nobody any more: the song goes on from where it is. */
  private ledChanged(): void {
    const led = this.parts.led.get();
    this.ledAnchor = led === null || led === 'together' ? null : asAnchor(led);
    if (led) this.goTogether(led === 'together');
    if (this.ledAnchor) this.anchorChanged();
    else this.show();
  }

  private ask(action: TransportAction): void {
    const { role, act, notify } = this.parts;
    if (!may(role.get(), 'transport.control')) {
      notify({ level: 'info', text: FOLLOWING });
      return;
    }
    void act(action).then((answer) => {
      if (answer.ok) return;
      notify({ level: 'warning', text: answer.error });
      if (this.begunAt !== null) this.setBack();
    });
  }

  /** Asks for a start for all. Whom nobody hears along begins at once, and says when. */
  private askForStart(action: 'play' | 'seek', position: number): void {
    const { engine, clock, role, accompanied, now } = this.parts;
    const waits = accompanied() || !clock.known || engine.state.get().state !== 'running';
    if (waits || !may(role.get(), 'transport.control')) {
      this.ask({ action, position });
      return;
    }
    const start = now() + OWN_LEAD_MS;
    engine.player.play(position, start);
    this.begunAt = clock.toServer(start);
    this.ask({ action, position, at: this.begunAt });
  }

  /** A start that the service did not take is taken back. */
  private setBack(): void {
    this.followed = null;
    this.begunAt = null;
    this.anchorChanged();
  }

  private playAlone(): void {
    const { player } = this.parts.engine;
    if (!player.playing.get()) player.play(this.startPosition());
  }

  /** Where the song rests, or its beginning when it rests at its end. */
  private startPosition(): number {
    const position = this.position();
    const length = this.parts.length();
    return length > 0 && position >= length - AT_END ? 0 : position;
  }

  /** A song that has run out stops at its end; whoever may asks for it, and the service takes the first. */
  private endOfSong(): void {
    const { length, role } = this.parts;
    const end = length();
    if (end <= 0 || !this.playingStore.get() || this.position() < end + RING_OUT) return;
    if (!this.togetherStore.get()) this.parts.engine.player.stop(end);
    else if (may(role.get(), 'transport.control')) this.ask({ action: 'stop', position: end });
  }

  private goTo(position: number): void {
    const { player } = this.parts.engine;
    if (player.playing.get()) player.play(position);
    else player.seek(position);
    this.tellAlone();
  }

  private takeLoop(loop: Loop | null): void {
    this.loopStore.set(loop);
    this.parts.engine.player.setLoop(loop);
  }

  private anchorChanged(): void {
    const anchor = this.guide();
    if (!anchor || anchor === this.followed) return;
    const before = this.followed;
    this.followed = anchor;
    if (before && this.isSlip(before, anchor)) {
      this.follow();
      return;
    }
    const { player } = this.parts.engine;
    const loop = this.loopStore.get();
    if (loop?.from !== anchor.loop?.from || loop?.until !== anchor.loop?.until) this.takeLoop(anchor.loop);
    const isOwn = anchor.playing && anchor.at === this.begunAt && player.playing.get();
    this.begunAt = null;
    if (isOwn) this.show();
    else if (anchor.playing) this.join();
    else if (player.playing.get()) player.stop(anchor.position);
    else player.seek(anchor.position);
    this.show();
  }

  /** Whether the one I follow only says more exactly where they are: the sound need not begin anew for it. */
  private isSlip(before: Anchor, anchor: Anchor): boolean {
    if (!this.ledAnchor || !before.playing || !anchor.playing) return false;
    const server = this.parts.clock.toServer(this.parts.now());
    const sameLoop = before.loop?.from === anchor.loop?.from && before.loop?.until === anchor.loop?.until;
    return sameLoop && Math.abs(positionAt(before, server) - positionAt(anchor, server)) < SLIP;
  }

  /** Sounds the running song from where it will be in a moment. */
  private join(): void {
    const { engine, clock, now, scope } = this.parts;
    const anchor = this.guide();
    if (!anchor?.playing || engine.state.get().state !== 'running') return;
    if (!clock.known) {
      scope.after(CLOCK_MS, () => this.join());
      return;
    }
    const { position, at } = entry(anchor, clock.toServer(now()), LEAD_MS);
    const start = clock.toLocal(at);
    engine.player.play(position, start);
    scope.after(start - now() + FIRST_LOOK_MS, () => this.follow());
  }

  private follow(): void {
    const { engine, clock, accompanied, now } = this.parts;
    const anchor = this.guide();
    const { player } = engine;
    if (!anchor?.playing || !clock.known || !player.playing.get() || player.waiting.get()) {
      this.measure();
      return;
    }
    // Where nobody hears along there is nothing to be exact with: no jump, however the device's clock runs.
    if (!accompanied() && !this.ledAnchor) {
      this.errors = [];
      this.measure();
      return;
    }
    const at = now();
    if (clock.toServer(at) < anchor.at) return;
    const position = positionAt(anchor, clock.toServer(at));
    const { loop } = anchor;
    if (loop && (Math.abs(position - loop.from) < LOOP_EDGE || Math.abs(position - loop.until) < LOOP_EDGE)) return;
    this.errors = [...this.errors.slice(1 - ERRORS_KEPT), Math.abs(player.follow(position, at))];
    this.measure();
  }

  private measure(): void {
    const { bound } = this.parts.clock;
    const followed = this.togetherStore.get() && this.parts.connected.get();
    this.exactnessStore.set(bound === null || !followed ? null : Math.round((bound + median(this.errors)) * 10) / 10);
  }

  private anchorPosition(anchor: Anchor): number {
    const { clock, now } = this.parts;
    return clock.known ? positionAt(anchor, clock.toServer(now())) : anchor.position;
  }

  private show(): void {
    const anchor = this.guide();
    this.playingStore.set(anchor ? anchor.playing : this.parts.engine.player.playing.get());
    this.tellAlone();
  }

  /** Tells the others where this page plays on its own, once that is not what they know. */
  private tellAlone(): void {
    const { engine, clock, now } = this.parts;
    if (this.guide() || this.togetherStore.get() || !clock.known) {
      this.aloneStore.set(null);
      return;
    }
    const { player } = engine;
    const told = this.aloneStore.get();
    const playing = player.playing.get();
    const position = player.position();
    const loop = this.loopStore.get();
    const same = told !== null && told.playing === playing && told.loop?.from === loop?.from && told.loop?.until === loop?.until;
    if (same && Math.abs(this.positionOf(told) - position) < ALONE_OFF) return;
    this.aloneStore.set({ playing, position, at: clock.toServer(now()), loop });
  }
}
