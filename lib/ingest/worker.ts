import type { MessagePort } from 'node:worker_threads';
import { openFileSource } from './file-source';
import type { FromWorker, IngestAnswer, IngestTask, ToWorker } from './messages';
import { stemMeter } from './meter';
import { type IngestSink, ingest } from './pipeline';
import { programmeMeter } from './programme';
import { IngestRefusal } from './refusal';

/** Segments on their way to the blobs at once: the next is made while the last is written. */
const IN_FLIGHT = 4;
const PROGRESS_EVERY_MS = 250;

/** The entry of a worker thread: ingests one file, whose pieces leave through the task's port. */
export default async function run(task: IngestTask): Promise<IngestAnswer> {
  const source = openFileSource(task.path, task.name);
  const { sink, settled } = portSink(task.port);
  try {
    const ingested = await ingest(source, sink, {
      limits: task.limits,
      createMeter: () => stemMeter(task.desk),
      createProgrammeMeter: (speakers, rate) => programmeMeter(task.desk, speakers, rate),
    });
    await settled();
    return { ok: true, ingested };
  } catch (error) {
    if (error instanceof IngestRefusal) return { ok: false, refusal: error.message };
    throw error;
  } finally {
    source.close();
    task.port.close();
  }
}

function portSink(port: MessagePort): { sink: IngestSink; settled(): Promise<void> } {
  const send = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  let underway = 0;
  let lost = false;
  let told = 0;
  let wake = () => {};
  port.on('message', ({ kept }: ToWorker) => {
    underway--;
    lost ||= !kept;
    wake();
  });
  const below = async (count: number): Promise<void> => {
    while (underway >= count && !lost) await new Promise<void>((resolve) => (wake = resolve));
    if (lost) throw new Error('A segment could not be kept.');
  };
  return {
    settled: () => below(1),
    sink: {
      recognised: (recognised) => send({ what: 'recognised', recognised }),
      async keep(name, bytes) {
        await below(IN_FLIGHT);
        underway++;
        send({ what: 'keep', name, bytes }, [bytes.buffer]);
      },
      progress(done) {
        const now = performance.now();
        if (now - told < PROGRESS_EVERY_MS) return;
        told = now;
        send({ what: 'progress', done });
      },
    },
  };
}
