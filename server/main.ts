import { compose } from './compose';
import { BadVariable, type Config, readConfig } from './config';
import { createPages } from './http/pages';
import { createLog, type Log } from './observability/log';
import { start } from './start';

/** Whoever asked us to stop waits no longer than this, in milliseconds. */
const LONGEST_STOP = 10_000;
const UNREADY_MS = 500;

async function main(config: Config, log: Log): Promise<void> {
  const services = await compose(config, log);
  const running = await start({
    services,
    log,
    port: config.PORT,
    host: config.HOST,
    secure: config.PUBLIC_URL?.startsWith('https:') ?? false,
    unreadyMs: UNREADY_MS,
    openPages: (port) => createPages({ development: config.development, hostname: config.HOST, port, folder: process.cwd() }),
  });
  const address = config.PUBLIC_URL ?? `http://localhost:${running.port}`;
  console.log(`\n  Mixing Table is ready:  ${address}\n  The demo song:          ${address}/demo\n`);

  let asked = false;
  const stop = (signal: string) => {
    if (asked) return;
    asked = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), LONGEST_STOP).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'not everything could be ended in order');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function failed(error: unknown): never {
  console.error(error instanceof BadVariable ? error.message : error);
  process.exit(1);
}

try {
  const config = readConfig(process.env);
  await main(config, createLog(config.LOG_LEVEL));
} catch (error) {
  failed(
    error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? new BadVariable(`PORT is taken: ${error.message}`) : error,
  );
}
