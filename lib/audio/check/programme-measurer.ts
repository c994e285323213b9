import type { ProgrammeMeasure } from '../../analysis';
import type { StemManifest } from '../../media';
import type { Mix } from '../../mix';
import type { FromMeasureWorker, MeasureJob, ToMeasureWorker } from './messages';
import type { WorkerLine } from './mix-checker';

/** Measures finished songs, and the mix as one, one after the other in a worker of its own. */
export class ProgrammeMeasurer {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly line: WorkerLine<ToMeasureWorker, FromMeasureWorker>) {}

  /** Rejects with a sentence for the user where a piece of it cannot be read. */
  reference(stem: StemManifest): Promise<ProgrammeMeasure> {
    return this.after(() => ({ of: 'reference', stem }));
  }

  /** `frames` of the song from its beginning. */
  mix(mix: Mix, stems: ReadonlyMap<string, StemManifest>, frames: number): Promise<ProgrammeMeasure> {
    return this.after(() => ({ of: 'programme', mix, stems, frames }));
  }

  close(): void {
    this.line.end();
  }

  private after(job: () => MeasureJob): Promise<ProgrammeMeasure> {
    const next = this.last.then(() => this.run(job()));
    this.last = next.catch(() => {});
    return next;
  }

  private run(job: MeasureJob): Promise<ProgrammeMeasure> {
    return new Promise((resolve, reject) => {
      this.line.hear((message) => {
        if (message.did === 'programme') resolve(message.measure);
        else reject(new Error(message.did === 'fail' ? message.why : 'The sound could not be measured.'));
      });
      this.line.send({ do: 'measure', job });
    });
  }
}
