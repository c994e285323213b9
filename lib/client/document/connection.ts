import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { createStore, type ReadableStore, type Scope } from '../../std';
import type { SaveState } from '../types';
import { onlyOwnEntry, readIncoming, readOutgoing } from './frames';
import { Keeper } from './keeper';
import type { Kept } from './kept';
import { LEFT_OUT, type Refusal, refusalOf } from './refusal';
import { type Socket, type WatchedSocket, type Watcher, watchedBy } from './watched-socket';

export interface ConnectionOptions {
  /** `ws(s)://host/sync`. */
  readonly url: string;
  readonly session: string;
  readonly doc: Y.Doc;
  readonly kept: Kept | null;
  /** Whether this person may change the mix; the service leaves out what others write. */
  readonly mayWrite: ReadableStore<boolean>;
  readonly openSocket: (url: string) => Socket;
  /** Tells of `online`, `offline`, `pagehide` and `visibilitychange`: a page's window. */
  readonly page: EventTarget;
  /** 0 to 1, for spreading reconnects. */
  readonly random: () => number;
  readonly onHand: (frame: Uint8Array) => void;
  readonly onCannotKeep: () => void;
  readonly scope: Scope;
}

const MAX_BACKOFF_MS = 8000;
/** After so many tries in vain, some minutes, the service is not only starting anew: hours offline need no haste. */
const MANY_TRIES = 30;
const LONG_BACKOFF_MS = 30_000;
/** A line that acknowledges nothing for so long is given up and opened again. */
const SILENCE_MS = 15_000;

/** The shared mix's connection: an unmodified y-websocket provider, watched for what is saved and what is not. */
export class DocumentConnection {
  readonly awareness: Awareness;
  private readonly state = createStore<SaveState>({ state: 'saving', kept: 0 });
  readonly saved: ReadableStore<SaveState> = this.state;
  private readonly hasContent = createStore(false);
  /** True once the shared mix has come from the service. */
  readonly arrived: ReadableStore<boolean> = this.hasContent;
  private readonly keeper: Keeper;
  private provider: WebsocketProvider | null = null;
  private socket: WatchedSocket | null = null;
  private refusal: Refusal | null = null;
  /** True from a lost line until the next one stands. */
  private lost = false;
  private lastAnswer = 0;

  constructor(private readonly options: ConnectionOptions) {
    const { doc, scope } = options;
    this.awareness = new Awareness(doc);
    const events = { changed: () => this.show(), cannotKeep: options.onCannotKeep };
    // Before the provider, so that a change is counted before its frame passes.
    this.keeper = new Keeper(doc, options.kept, (origin) => origin !== null && origin === this.provider, events, scope.child());
    scope.add(() => this.awareness.destroy());
    scope.add(options.mayWrite.subscribe(() => this.show()));
  }

  /** Applies what this browser kept, then connects. */
  async open(): Promise<void> {
    const { options } = this;
    await this.keeper.restore();
    if (options.scope.isClosed) return;
    const provider = new WebsocketProvider(options.url, options.session, options.doc, {
      awareness: this.awareness,
      disableBc: true,
      connect: false,
      WebSocketPolyfill: watchedBy(this.watcher(), options.openSocket),
    });
    this.provider = provider;
    options.scope.add(() => provider.destroy());
    provider.on('status', ({ status }) => {
      if (status === 'connected') this.lost = false;
      this.show();
    });
    provider.on('sync', (synced) => {
      if (synced) this.hasContent.set(true);
      this.show();
    });
    provider.on('connection-close', () => this.lose(provider));
    provider.on('closed', ({ code }) => this.refuse(refusalOf(code)));
    this.followPage(provider);
    provider.connect();
  }

  /** Sends a frame of our own, beside the document; nothing while there is no line. */
  send(frame: Uint8Array): void {
    if (this.provider?.wsconnected) this.socket?.sendPast(frame);
  }

  /** Keeps the mix as it is now; for the last moment before a page goes. */
  settle(): Promise<void> {
    return this.keeper.settle();
  }

  /** Forgets what only this browser holds, so that the session can be opened from the shared mix. */
  giveUpKept(): Promise<void> {
    return this.keeper.forget();
  }

  private watcher(): Watcher {
    return {
      opened: (socket) => {
        this.socket = socket;
        this.lastAnswer = performance.now();
        this.keeper.connected();
      },
      sending: (frame) => {
        const message = readOutgoing(frame);
        if (message.kind === 'awareness') return onlyOwnEntry(frame, this.awareness.clientID);
        if (message.kind === 'update') this.keeper.sendsUpdate(message.update);
        if (message.kind === 'difference') this.keeper.sendsDifference();
        return frame;
      },
      received: (frame) => {
        const message = readIncoming(frame);
        if (message.kind === 'other') return false;
        if (message.kind === 'hand') this.options.onHand(message.bytes);
        if (message.kind === 'saved') {
          this.lastAnswer = performance.now();
          this.keeper.saved(message.count);
        }
        if (message.kind === 'refused') this.refuse(refusalOf(message.code));
        return true;
      },
    };
  }

  private lose(provider: WebsocketProvider): void {
    this.lost = true;
    this.socket = null;
    // The provider takes the smaller of this and its own doubling: so each page waits another while, and a restarted
    // service isn't met by all of them at once.
    const tries = provider.wsUnsuccessfulReconnects;
    const doubling = Math.min(tries < MANY_TRIES ? MAX_BACKOFF_MS : LONG_BACKOFF_MS, 2 ** (tries + 1) * 100);
    provider.maxBackoffTime = doubling * (0.5 + this.options.random() / 2);
    this.show();
  }

  private refuse(refusal: Refusal): void {
    this.refusal ??= refusal;
    if (this.provider) this.provider.shouldConnect = false;
    this.show();
  }

  private followPage(provider: WebsocketProvider): void {
    const { page, scope } = this.options;
    const comeBack = () => {
      if (!this.refusal) provider.connect();
    };
    scope.listen(page, 'online', comeBack);
    scope.listen(page, 'offline', () => this.socket?.drop());
    scope.listen(page, 'pagehide', () => void this.keeper.settle());
    scope.listen(page, 'visibilitychange', () => {
      if (globalThis.document?.visibilityState === 'hidden') void this.keeper.settle();
      else comeBack();
    });
    scope.every(SILENCE_MS / 5, () => {
      const silent = performance.now() - this.lastAnswer > SILENCE_MS;
      if (this.keeper.count === 0 || !this.options.mayWrite.get()) this.lastAnswer = performance.now();
      else if (silent && provider.wsconnected) this.socket?.drop();
    });
  }

  private show(): void {
    const kept = this.keeper.count;
    const next = this.stateWith(kept);
    const last = this.state.get();
    if (next.state !== last.state || ('kept' in last ? last.kept : 0) !== kept) this.state.set(next);
  }

  private stateWith(kept: number): SaveState {
    if (this.refusal) return { state: 'refused', ...this.refusal, kept };
    if (kept > 0 && !this.options.mayWrite.get()) return { state: 'refused', ...LEFT_OUT, kept };
    if (this.lost) return { state: 'offline', kept };
    return kept > 0 || !this.provider?.synced ? { state: 'saving', kept } : { state: 'saved' };
  }
}
