import { Awareness } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { CLOSE } from '../../protocol';
import { createStore, type ReadableStore, type Scope } from '../../std';
import type { SaveState } from '../types';
import { onlyOwnEntry, readIncoming, readOutgoing, updateFrame } from './frames';
import { HeldDocument } from './held-document';
import type { Kept } from './kept';
import { LEFT_OUT, type Refusal, refusalOf } from './refusal';
import { type Socket, type WatchedSocket, type Watcher, watchedBy } from './watched-socket';

export interface ConnectionOptions {
  /** `ws(s)://host/sync`. */
  readonly url: string;
  readonly session: string;
  /** The first document; the session may go on to others. */
  readonly doc: Y.Doc;
  /** The mix is in another document from now on. */
  readonly onMoved: (doc: Y.Doc) => void;
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
/** Everybody comes to a new document at once: each waits a random part of this. */
const MOVE_MS = 200;

/** The shared mix's connection: an unmodified y-websocket provider, watched for what is saved and what is not. */
export class DocumentConnection {
  readonly awareness: Awareness;
  private readonly state = createStore<SaveState>({ state: 'saving', kept: 0 });
  readonly saved: ReadableStore<SaveState> = this.state;
  private readonly hasContent = createStore(false);
  /** True once the shared mix has come from the service. */
  readonly arrived: ReadableStore<boolean> = this.hasContent;
  /** What is shown and changed. */
  private held: HeldDocument;
  /** What takes its place when it has come. */
  private next: HeldDocument | null = null;
  private socket: WatchedSocket | null = null;
  private refusal: Refusal | null = null;
  /** True from a lost line until the next one stands. */
  private lost = false;
  private lastAnswer = 0;

  constructor(private readonly options: ConnectionOptions) {
    const { doc, scope } = options;
    // One person to the others through all documents.
    const self = new Y.Doc();
    self.clientID = doc.clientID;
    this.awareness = new Awareness(self);
    this.held = this.hold(doc);
    scope.add(() => self.destroy());
    scope.add(
      options.mayWrite.subscribe(() => {
        if (this.held.provider?.synced) this.replay();
        this.show();
      }),
    );
  }

  /** Applies what this browser kept, then connects. */
  async open(): Promise<void> {
    await this.held.keeper.restore();
    if (this.options.scope.isClosed) return;
    this.followPage();
    this.connect(this.held);
  }

  /** Sends a frame of our own, beside the document; nothing while there is no line. */
  send(frame: Uint8Array): void {
    if (this.coming.provider?.wsconnected) this.socket?.sendPast(frame);
  }

  /** Keeps the mix as it is now; for the last moment before a page goes. */
  settle(): Promise<void> {
    return this.held.keeper.settle();
  }

  /** Forgets what only this browser holds, so that the session can be opened from the shared mix. */
  async giveUpKept(): Promise<void> {
    await this.next?.keeper.forget();
    await this.held.keeper.forget();
  }

  /** The document that has the line. */
  private get coming(): HeldDocument {
    return this.next ?? this.held;
  }

  private get count(): number {
    return this.held.keeper.count + (this.next?.keeper.count ?? 0);
  }

  private hold(doc: Y.Doc): HeldDocument {
    const { kept, onCannotKeep, scope } = this.options;
    return new HeldDocument(doc, kept, { changed: () => this.show(), cannotKeep: onCannotKeep }, scope.child());
  }

  private connect(held: HeldDocument): void {
    const { url, session, openSocket } = this.options;
    const provider = held.connect(url, session, {
      awareness: this.awareness,
      WebSocketPolyfill: watchedBy(this.watcher(held), openSocket),
    });
    provider.on('status', ({ status }) => {
      if (status === 'connected') this.lost = false;
      this.show();
    });
    provider.on('sync', (synced) => {
      if (synced) this.arrive(held);
      this.show();
    });
    provider.on('connection-close', () => {
      if (held === this.coming) this.lose(provider);
    });
    provider.on('closed', ({ code }) => this.refuse(refusalOf(code)));
    provider.connect();
  }

  /** The shared mix has come into a document. */
  private arrive(held: HeldDocument): void {
    if (held === this.next) this.move(held);
    this.hasContent.set(true);
    this.replay();
  }

  private replay(): void {
    if (!this.options.mayWrite.get()) return;
    const { keeper, provider } = this.held;
    keeper.replay(provider, (update) => this.socket?.send(updateFrame(update)));
  }

  /** The session goes on in another document: this one is shown, and changed, until that has come. SPEC.md 30. */
  private renew(held: HeldDocument): void {
    const doc = new Y.Doc();
    doc.clientID = this.awareness.clientID;
    const next = this.hold(doc);
    next.scope.add(() => doc.destroy());
    const left = this.next;
    this.next = next;
    this.socket = null;
    held.abandon();
    left?.scope.close();
    next.scope.after(MOVE_MS * this.options.random(), () => this.connect(next));
    this.show();
  }

  private move(next: HeldDocument): void {
    const { held } = this;
    next.keeper.takeOver(held.keeper);
    this.held = next;
    this.next = null;
    // First, so that what was changed here is never seen to go.
    this.replay();
    this.options.onMoved(next.doc);
    held.scope.close();
  }

  private watcher({ keeper }: HeldDocument): Watcher {
    return {
      opened: (socket) => {
        this.socket = socket;
        this.lastAnswer = performance.now();
        keeper.connected();
      },
      sending: (frame) => {
        const message = readOutgoing(frame);
        if (message.kind === 'awareness') return onlyOwnEntry(frame, this.awareness.clientID);
        if (message.kind === 'update') keeper.sendsUpdate(message.update);
        if (message.kind === 'difference') keeper.sendsDifference();
        return frame;
      },
      received: (frame) => {
        const message = readIncoming(frame);
        if (message.kind === 'other') return false;
        if (message.kind === 'hand') this.options.onHand(message.bytes);
        if (message.kind === 'saved') {
          this.lastAnswer = performance.now();
          keeper.saved(message.count);
        }
        // What belongs to the document of before is made again in the next one, after the closing.
        if (message.kind === 'refused' && message.code !== CLOSE.moved) this.refuse(refusalOf(message.code));
        return true;
      },
      closed: (code) => {
        if (code !== CLOSE.moved) return false;
        this.renew(this.coming);
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
    if (this.coming.provider) this.coming.provider.shouldConnect = false;
    this.show();
  }

  private followPage(): void {
    const { page, scope } = this.options;
    const comeBack = () => {
      if (!this.refusal) this.coming.provider?.connect();
    };
    scope.listen(page, 'online', comeBack);
    scope.listen(page, 'offline', () => this.socket?.drop());
    scope.listen(page, 'pagehide', () => void this.settle());
    scope.listen(page, 'visibilitychange', () => {
      if (globalThis.document?.visibilityState === 'hidden') void this.settle();
      else comeBack();
    });
    scope.every(SILENCE_MS / 5, () => {
      const silent = performance.now() - this.lastAnswer > SILENCE_MS;
      if (this.count === 0 || !this.options.mayWrite.get()) this.lastAnswer = performance.now();
      else if (silent && this.coming.provider?.wsconnected) this.socket?.drop();
    });
  }

  private show(): void {
    const kept = this.count;
    const next = this.stateWith(kept);
    const last = this.state.get();
    if (next.state !== last.state || ('kept' in last ? last.kept : 0) !== kept) this.state.set(next);
  }

  private stateWith(kept: number): SaveState {
    if (this.refusal) return { state: 'refused', ...this.refusal, kept };
    if (kept > 0 && !this.options.mayWrite.get()) return { state: 'refused', ...LEFT_OUT, kept };
    if (this.lost) return { state: 'offline', kept };
    return kept > 0 || !this.coming.provider?.synced ? { state: 'saving', kept } : { state: 'saved' };
  }
}
