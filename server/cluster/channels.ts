import type { Channel, ChannelListener, Channels } from '../ports';
import type { RedisLink } from './redis';

const NAME = 16;
const HEAD = NAME + 8;

/** Channels as Redis publishes them: to whoever listens at that moment. */
export function redisChannels(link: RedisLink): Channels {
  const listeners = new Map<string, Set<ChannelListener>>();
  const hearing = link.connection({ autoResubscribe: false });

  /** Whoever is told has heard nothing for a while, or has just come. */
  async function subscribe(names: readonly string[], whom: readonly ChannelListener[]): Promise<void> {
    if (names.length === 0 || hearing.status !== 'ready') return;
    try {
      await hearing.subscribe(...names);
    } catch {
      // The connection has ended meanwhile; the next one subscribes to all.
      return;
    }
    for (const listener of whom) listener.whole();
  }
  const everybody = () => [...listeners.values()].flatMap((some) => [...some]);
  const resubscribe = () => void subscribe([...listeners.keys()], everybody());
  hearing.on('ready', resubscribe);
  link.onReturn(resubscribe);

  hearing.on('messageBuffer', (channel: Buffer, message: Buffer) => {
    const from = message.toString('latin1', 0, NAME);
    if (from === link.instance) return;
    const age = link.now() - message.readDoubleBE(NAME);
    for (const listener of [...(listeners.get(channel.toString()) ?? [])])
      listener.heard(from, new Uint8Array(message.subarray(HEAD)), age);
  });

  function open(plainName: string, listener: ChannelListener): Channel {
    const name = link.prefix + plainName;
    const some = listeners.get(name) ?? new Set();
    listeners.set(name, some.add(listener));
    void subscribe([name], [listener]);
    const connected = () => link.alive && hearing.status === 'ready' && link.commands.status === 'ready';
    return {
      send(bytes) {
        if (!connected()) return;
        const message = Buffer.allocUnsafe(HEAD + bytes.length);
        message.write(link.instance, 0, NAME, 'latin1');
        message.writeDoubleBE(link.now(), NAME);
        message.set(bytes, HEAD);
        // What is lost is healed from the log.
        link.commands.publish(name, message).catch(() => {});
      },
      get connected() {
        return connected();
      },
      close() {
        some.delete(listener);
        if (some.size > 0 || listeners.get(name) !== some) return;
        listeners.delete(name);
        if (hearing.status === 'ready') hearing.unsubscribe(name).catch(() => {});
      },
    };
  }
  return { open };
}
