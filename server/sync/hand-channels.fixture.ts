import type { ChannelListener } from '../ports';
import type { PeerPorts } from './peers';

interface Way {
  readonly from: string;
  readonly to: ChannelListener;
  readonly bytes: Uint8Array;
}

/** Channels between instances that are carried by hand: what is said lies here until it is delivered, or lost. */
export class HandChannels {
  /** How long what is delivered was under way, ms. */
  age = 0;
  connected = true;
  private readonly open = new Map<string, Map<string, ChannelListener>>();
  private waiting: Way[] = [];

  /** The ports of one instance. */
  of(instance: string): PeerPorts {
    return {
      channels: {
        open: (name, listener) => {
          const others = this.open.get(name) ?? new Map<string, ChannelListener>();
          this.open.set(name, others.set(instance, listener));
          const { connected } = this;
          return {
            connected,
            send: (bytes) => {
              for (const [to, there] of others) if (to !== instance) this.waiting.push({ from: instance, to: there, bytes });
            },
            close: () => void others.delete(instance),
          };
        },
      },
    };
  }

  deliver(): void {
    for (let some = this.waiting.splice(0); some.length > 0; some = this.waiting.splice(0)) {
      for (const { from, to, bytes } of some) to.heard(from, bytes, this.age);
    }
  }

  lose(): void {
    this.waiting = [];
  }
}
