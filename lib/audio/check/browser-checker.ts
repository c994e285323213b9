import type { FromCheckWorker, FromMeasureWorker, ToCheckWorker, ToMeasureWorker } from './messages';
import { MixChecker, type WorkerLine } from './mix-checker';
import { ProgrammeMeasurer } from './programme-measurer';

/** Measuring shares the machine with the sound: never on all of its processors, but on two at least, for half of the work waits for files. */
const measurersFor = (processors: number) => Math.min(4, Math.max(2, processors - 1));

function lineTo<To, From>(url: string): WorkerLine<To, From> {
  const worker = new Worker(url);
  return {
    send: (message, transfer = []) => worker.postMessage(message, transfer),
    hear: (take) => {
      worker.onmessage = ({ data }: MessageEvent<From>) => take(data);
    },
    end: () => worker.terminate(),
  };
}

function measureLine(built: string, module: WebAssembly.Module): WorkerLine<ToMeasureWorker, FromMeasureWorker> {
  const line = lineTo<ToMeasureWorker, FromMeasureWorker>(`${built}/measure-worker.js`);
  line.send({ do: 'begin', module });
  return line;
}

/** Measures whole songs with a worker of its own. */
export const browserMeasurer = (built: string, module: WebAssembly.Module) => new ProgrammeMeasurer(measureLine(built, module));

/** A checker with workers of its own, from the built files at `built`. */
export function browserChecker(built: string, module: WebAssembly.Module): MixChecker {
  const count = measurersFor(navigator.hardwareConcurrency);
  const measurers = Array.from({ length: count }, () => measureLine(built, module));
  return new MixChecker({ measurers, checker: lineTo<ToCheckWorker, FromCheckWorker>(`${built}/check-worker.js`) });
}
