import { redisAnchors } from './cluster/anchors';
import { redisBus } from './cluster/bus';
import { redisChannels } from './cluster/channels';
import { redisLimits } from './cluster/limits';
import { openRedis } from './cluster/redis';
import { redisLines } from './cluster/shared-lines';
import type { Config } from './config';
import { inProcessBus } from './embedded/bus';
import type { Limits } from './http/guard';
import type { Log } from './observability/log';
import type { Bus, Channels, SharedAnchors, SharedLines } from './ports';

/** How services, and instances of the service where there are several, tell each other. */
interface Exchange {
  readonly bus: Bus;
  /** Server time, the same on all instances: monotonic, and later than any of an earlier start. In milliseconds. */
  readonly clock: () => number;
  /** What only several instances have. */
  readonly between: {
    readonly peers: { readonly channels: Channels };
    readonly anchors: SharedAnchors;
    readonly limits: Limits;
    readonly lines: SharedLines;
    /** False while the other instances cannot be told of anything but by the database. */
    readonly alive: () => boolean;
  } | null;
  close(): void;
}

/** With REDIS_URL between instances, without it inside this one. Rejects when Redis does not answer. */
export async function openExchange(config: Pick<Config, 'REDIS_URL'>, log: Log): Promise<Exchange> {
  const local = inProcessBus((error, topic) => log.error({ err: error, topic }, 'a listener of the bus failed'));
  if (config.REDIS_URL === null) return { bus: local, clock: () => performance.timeOrigin + performance.now(), between: null, close() {} };
  const link = openRedis(config.REDIS_URL, log);
  try {
    await link.opened;
    const bus = redisBus(link, local, log);
    await bus.opened;
    return {
      bus,
      clock: link.now,
      between: {
        peers: { channels: redisChannels(link) },
        anchors: redisAnchors(link),
        limits: redisLimits(link),
        lines: redisLines(link),
        alive: () => link.alive,
      },
      close() {
        bus.close();
        link.close();
      },
    };
  } catch (error) {
    link.close();
    throw error;
  }
}
