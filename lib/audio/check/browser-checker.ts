import type { FromCheckWorker, FromMeasureWorker, ToCheckWorker, ToMeasureWorker } from './messages';
import { MixChecker, type WorkerLine } from './mix-checker';

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

/** A checker with workers of its own, from the built files at `built`. */
export function browserChecker(built: string, module: WebAssembly.Module): MixChecker {
  const measurers = Array.from({ length: measurersFor(navigator.hardwareConcurrency) }, () => {
    const line = lineTo<ToMeasureWorker, FromMeasureWorker>(`${built}/measure-worker.js`);
    line.send({ do: 'begin', module });
    return line;
  });
  return new MixChecker({ measurers, checker: lineTo<ToCheckWorker, FromCheckWorker>(`${built}/check-worker.js`) });
}
