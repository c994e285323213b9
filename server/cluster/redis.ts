import { Redis, type RedisOptions } from 'ioredis';
import { ServerClock } from '../../lib/clock';
import { newId } from '../../lib/std';
import type { Log } from '../observability/log';

type LinkOptions = Omit<RedisOptions, 'replyMapping'>;

/** The way of one instance to Redis. */
export interface RedisLink {
  /** The name of this instance. */
  readonly instance: string;
  /** For commands: rejects at once while there is no connection, and after a second without an answer. */
  readonly commands: Redis;
  /** What keys and channels begin with. */
  readonly prefix: string;
  /** False while Redis does not answer. */
  readonly alive: boolean;
  /** The time that all instances have: milliseconds since 1970, monotonic. */
  readonly now: () => number;
  /** A connection of its own, for what listens or waits. */
  connection(options?: LinkOptions): Redis;
  /** Runs `run` each time Redis answers again. */
  onReturn(run: () => void): void;
  /** Resolves once Redis has answered; rejects when it does not in 10 s. */
  readonly opened: Promise<void>;
  close(): void;
}

const PROBE_MS = 1000;
const FIRST_PROBE_MS = 20;
const FIRST_PROBES = 8;
const PATIENCE_MS = 1000;
const OPENING_MS = 10_000;

/** Goes on trying, soon and for ever: a Redis that was gone is found within a second. */
const retryStrategy = (times: number) => Math.min(50 * times, 500);

export function openRedis(url: string, log: Log): RedisLink {
  const connections: Redis[] = [];
  const returned: (() => void)[] = [];
  const clock = new ServerClock();
  let newest = 0;
  let alive = false;
  let probes = 0;
  let timer: NodeJS.Timeout | null = null;
  let deadline: NodeJS.Timeout | null = null;
  let closed = false;

  const connection = (options: LinkOptions = {}): Redis => {
    const made = new Redis(url, { retryStrategy, connectTimeout: 5000, maxRetriesPerRequest: null, ...options });
    // Each failed attempt is one: that Redis is gone is said once, by the probes.
    made.on('error', () => {});
    connections.push(made);
    return made;
  };
  const commands = connection({ enableOfflineQueue: false, commandTimeout: PATIENCE_MS, autoResendUnfulfilledCommands: false });

  async function probe(): Promise<void> {
    const sent = performance.now();
    const [seconds, microseconds] = await commands.time();
    const arrived = performance.now();
    const there = Number(seconds) * 1000 + Number(microseconds) / 1000;
    clock.probe({ sent, received: there, answered: there, arrived });
    probes += 1;
  }
  function told(now: boolean): void {
    if (alive === now || closed) return;
    alive = now;
    if (!now) log.error({}, 'Redis does not answer: the instances hear of each other by the database alone');
    else if (probes > 1) log.info({}, 'Redis answers again');
    if (now) for (const run of returned) run();
  }
  const opened = new Promise<void>((resolve, reject) => {
    deadline = setTimeout(() => reject(new Error(`Redis at REDIS_URL does not answer within ${OPENING_MS / 1000} s`)), OPENING_MS);
    const next = (): void => {
      if (closed) return;
      if (probes === FIRST_PROBES) {
        if (deadline !== null) clearTimeout(deadline);
        resolve();
      }
      timer = setTimeout(beat, probes < FIRST_PROBES ? FIRST_PROBE_MS : PROBE_MS);
    };
    const beat = (): void => {
      probe()
        .then(
          () => told(true),
          () => told(false),
        )
        .finally(next);
    };
    beat();
  });

  return {
    instance: newId(),
    commands,
    prefix: `mixing-table:${new URL(url).pathname.slice(1) || '0'}:`,
    get alive() {
      return alive;
    },
    now() {
      newest = Math.max(newest, clock.toServer(performance.now()));
      return newest;
    },
    connection,
    onReturn: (run) => void returned.push(run),
    opened,
    close() {
      closed = true;
      for (const each of [timer, deadline]) if (each !== null) clearTimeout(each);
      for (const each of connections) each.disconnect();
    },
  };
}
