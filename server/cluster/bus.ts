import type { Log } from '../observability/log';
import type { Bus } from '../ports';
import type { RedisLink } from './redis';

export interface RedisBus extends Bus {
  /** Resolves when everything that others publish from now on will be heard. */
  readonly opened: Promise<void>;
  close(): void;
}

/** What an instance that was cut off can still read; about an hour of a busy service. */
const KEPT = 20_000;
/** What waits here for a Redis that is gone. */
const MOST_WAITING = 10_000;
const AGAIN_MS = 200;
const BLOCK_MS = 5000;

/**
 * The bus over a stream in Redis: who was cut off reads on where it stopped. What is published is heard on this instance at once, by
 * `local`, and by the others in the order of publishing; while Redis is gone it waits here.
 */
export function redisBus(link: RedisLink, local: Bus, log: Log): RedisBus {
  const key = `${link.prefix}bus`;
  const reading = link.connection({ blockingTimeout: 2 * BLOCK_MS });
  /** The last message of each instance: one that was sent again has been heard. */
  const heard = new Map<string, number>();
  let waiting: { readonly n: number; readonly topic: string; readonly message: string }[] = [];
  let published = 0;
  let sending = false;
  let last = '0-0';
  let closed = false;

  async function send(): Promise<void> {
    if (sending) return;
    sending = true;
    for (let next = waiting[0]; next && !closed; next = waiting[0]) {
      const { n, topic, message } = next;
      try {
        const fields = ['from', link.instance, 'n', String(n), 'topic', topic, 'message', message];
        await link.commands.xadd(key, 'MAXLEN', '~', KEPT, '*', ...fields);
        if (waiting[0] === next) waiting.shift();
      } catch {
        await pause();
      }
    }
    sending = false;
  }

  async function read(): Promise<void> {
    while (!closed) {
      try {
        const found = await reading.xread('COUNT', 500, 'BLOCK', BLOCK_MS, 'STREAMS', key, last);
        for (const [, entries] of found ?? []) for (const [id, fields] of entries) take(id, fields);
      } catch {
        await pause();
      }
    }
  }

  function take(id: string, fields: string[]): void {
    last = id;
    const [, from = '', , n = '', , topic = '', , message = ''] = fields;
    if (from === link.instance || Number(n) <= (heard.get(from) ?? 0)) return;
    heard.set(from, Number(n));
    try {
      local.publish(topic, JSON.parse(message));
    } catch (error) {
      log.error({ err: error, topic }, 'a message of the bus could not be read');
    }
  }

  async function open(): Promise<void> {
    const [newest] = await reading.xrevrange(key, '+', '-', 'COUNT', 1);
    last = newest?.[0] ?? last;
    void read();
  }

  const opened = open();
  // Nobody has to wait for it.
  opened.catch(() => {});
  return {
    opened,
    publish(topic, message) {
      local.publish(topic, message);
      published += 1;
      waiting.push({ n: published, topic, message: JSON.stringify(message) });
      if (waiting.length > MOST_WAITING) {
        log.error({ topic }, 'Redis has been gone for long: the oldest messages to other instances are dropped');
        waiting = waiting.slice(-MOST_WAITING);
      }
      void send();
    },
    subscribe: (topic, listener) => local.subscribe(topic, listener),
    close() {
      closed = true;
    },
  };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
