/** The part of a browser's `WebSocket` that is used here; `ws` in Node has it too. */
export interface Socket {
  binaryType: BinaryType;
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: Event) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(frame: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
}

/** What stands between the provider and the line. */
export interface Watcher {
  opened(socket: WatchedSocket): void;
  /** The frame to send in place of `frame`; null for none. */
  sending(frame: Uint8Array): Uint8Array | null;
  /** True when the frame was meant for the watcher and the provider must not see it. */
  received(frame: Uint8Array): boolean;
  /** True when the closing was meant for the watcher and the provider must not see it. */
  closed(code: number): boolean;
}

const OPEN = 1;
const CLOSED = 3;

/** A socket whose frames pass a watcher both ways; stands in for `WebSocket` in y-websocket's provider. */
export class WatchedSocket implements Socket {
  readonly OPEN = OPEN;
  binaryType: BinaryType = 'arraybuffer';
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onerror: Socket['onerror'] = null;
  onclose: Socket['onclose'] = null;
  private dropped = false;

  constructor(
    private readonly line: Socket,
    private readonly watcher: Watcher,
  ) {
    line.binaryType = 'arraybuffer';
    line.onopen = (event) => {
      this.watcher.opened(this);
      this.onopen?.(event);
    };
    line.onmessage = (event) => {
      if (this.dropped || !(event.data instanceof ArrayBuffer)) return;
      if (!this.watcher.received(new Uint8Array(event.data))) this.onmessage?.(event);
    };
    line.onerror = (event) => this.onerror?.(event);
    line.onclose = (event) => {
      if (!this.watcher.closed(event.code)) this.onclose?.(event);
    };
  }

  get readyState(): number {
    return this.dropped ? CLOSED : this.line.readyState;
  }

  send(frame: Uint8Array): void {
    if (this.readyState !== OPEN) return;
    const passed = this.watcher.sending(frame);
    if (passed) this.sendPast(passed);
  }

  /** Sends without asking the watcher. */
  sendPast(frame: Uint8Array): void {
    if (this.readyState === OPEN) this.line.send(frame as Uint8Array<ArrayBuffer>);
  }

  close(code?: number, reason?: string): void {
    this.line.close(code, reason);
  }

  /** Counts as closed at once: a line without network would take half a minute to notice. */
  drop(): void {
    if (this.dropped) return;
    this.dropped = true;
    this.line.onclose = null;
    this.line.close();
    // As the browser itself says it, once it has noticed. Node has no `CloseEvent` to construct.
    this.onclose?.({ code: 1006, reason: '' } as CloseEvent);
  }
}

/** A class that y-websocket can construct in place of `WebSocket`. */
export function watchedBy(watcher: Watcher, open: (url: string) => Socket): typeof WebSocket {
  const Watched = class extends WatchedSocket {
    constructor(url: string | URL) {
      super(open(String(url)), watcher);
    }
  };
  return Watched as unknown as typeof WebSocket;
}
