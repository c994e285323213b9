import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds, for what should take milliseconds. */
const FAST = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/**
 * What Prometheus reads from `GET /metrics`. Each service that counts something is handed its own instrument. Labels are of few
 * values, none of which tells of a session or a person. The lag of the event loop is among the defaults.
 */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    requests: new Histogram({
      name: 'http_request_seconds',
      help: 'Time to answer, by method, kind of path and status',
      labelNames: ['method', 'path', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
    upgradesRefused: new Counter({
      name: 'upgrades_refused_total',
      help: 'Socket requests refused, by reason',
      labelNames: ['why'],
      registers,
    }),
    commits: new Histogram({
      name: 'sync_commit_seconds',
      help: 'Time of one transaction of the updates’ log, which holds all that came within 8 ms',
      buckets: FAST,
      registers,
    }),
    deliveries: new Histogram({
      name: 'sync_delivery_seconds',
      help: 'Time from an update’s being judged to its being on disk and sent to the others',
      buckets: FAST,
      registers,
    }),
    updates: new Counter({ name: 'sync_updates_total', help: 'Updates on disk', registers }),
    updatesRefused: new Counter({
      name: 'sync_updates_refused_total',
      help: 'Updates refused, by close code',
      labelNames: ['code'],
      registers,
    }),
    ingests: new Histogram({
      name: 'ingest_seconds',
      help: 'Time to work on a file, by how it ended',
      labelNames: ['outcome'],
      buckets: [0.5, 2, 10, 30, 120, 600],
      registers,
    }),
    underruns: new Counter({ name: 'browser_underruns_total', help: 'Holes in the sound that pages reported', registers }),
    moves: new Counter({ name: 'browser_moves_total', help: 'How often pages moved their sound to be in time again', registers }),
    reports: new Counter({ name: 'browser_reports_total', help: 'Reports of pages about their sound', registers }),
    /** A figure that is asked for when it is read. */
    watch(name: string, help: string, read: () => number | Promise<number>): void {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await read());
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
