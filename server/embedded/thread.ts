import { parentPort, workerData } from 'node:worker_threads';
import type { Asked, Told } from './ask';
import { openConnection } from './connection';

const port = parentPort;
if (!port) throw new Error('The thread of the database is a thread.');

/** The database's thread: does what it is asked, one after the other. A commit that waits for the disk keeps nobody else. */
const steps = openConnection(String(workerData));
port.on('message', ({ n, step, given }: Asked) => {
  let told: Told;
  try {
    told = { n, result: Reflect.apply(steps[step], steps, given) };
  } catch (error) {
    told = { n, error: error instanceof Error ? error : new Error(String(error)) };
  }
  port.postMessage(told);
  if (step === 'close') port.close();
});
