import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads from `GET /metrics`. Each service that counts something is handed its own instrument. */
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
    /** A figure that is asked for when it is read. */
    watch(name: string, help: string, read: () => number): void {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
