import { build } from './build.mjs';
import { install } from './steps.mjs';

/** `npm start`: from a fresh clone to a served page. The server migrates its database itself. */
process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';
await install();
await build();
await import('../../dist/server.mjs');
