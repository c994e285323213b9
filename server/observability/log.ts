import { type DestinationStream, pino } from 'pino';

export type Log = ReturnType<typeof createLog>;

/**
 * One JSON line an event. `error`: somebody must look; `warn`: refused or given up, and why; `info`: starts, stops and what changed;
 * `debug`: every request. Tokens, cookies and what people write are never logged.
 */
export function createLog(level: string, destination: DestinationStream = pino.destination(1)) {
  const redact = { paths: ['*.cookie', '*.authorization', '*.token', 'headers', 'req.headers'], censor: '…' };
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact }, destination);
}
