import type { ProgrammeMeasure } from '../../analysis';
import type { Engine, ProgrammeMeasurer } from '../../audio';
import type { StemManifest } from '../../media';
import type { Mix } from '../../mix';
import { mixState } from '../ears/mix-state';

/** Measures of so many mixes are remembered. */
const REMEMBERED = 4;

/** Measures of references and mixes, each made once. */
export class ProgrammeMeasures {
  private readonly references = new Map<string, ProgrammeMeasure>();
  private readonly mixes = new Map<string, ProgrammeMeasure>();
  private readonly underWay = new Map<string, Promise<ProgrammeMeasure>>();
  private measurer: Promise<ProgrammeMeasurer> | null = null;
  private closed = false;

  constructor(private readonly engine: Pick<Engine, 'measurer'>) {}

  /** What is known already. */
  known({ segmentBase }: StemManifest): ProgrammeMeasure | null {
    return this.references.get(segmentBase) ?? null;
  }

  /** Rejects where a piece of it cannot be read. */
  reference(stem: StemManifest): Promise<ProgrammeMeasure> {
    const { segmentBase } = stem;
    return this.once(this.references, segmentBase, (measurer) => measurer.reference(stem));
  }

  async mix(mix: Mix, stems: ReadonlyMap<string, StemManifest>, frames: number): Promise<ProgrammeMeasure> {
    const key = `${await mixState(mix)} ${[...stems.keys()].sort().join(' ')} ${frames}`;
    const measured = await this.once(this.mixes, key, (measurer) => measurer.mix(mix, stems, frames));
    const [oldest] = this.mixes.keys();
    if (this.mixes.size > REMEMBERED && oldest !== undefined) this.mixes.delete(oldest);
    return measured;
  }

  close(): void {
    this.closed = true;
    void this.measurer?.then((measurer) => measurer.close());
  }

  private once(
    known: Map<string, ProgrammeMeasure>,
    key: string,
    measure: (measurer: ProgrammeMeasurer) => Promise<ProgrammeMeasure>,
  ): Promise<ProgrammeMeasure> {
    const found = known.get(key);
    if (found) return Promise.resolve(found);
    const coming = this.underWay.get(key) ?? this.begin(key, known, measure);
    this.underWay.set(key, coming);
    return coming;
  }

  private async begin(
    key: string,
    known: Map<string, ProgrammeMeasure>,
    measure: (measurer: ProgrammeMeasurer) => Promise<ProgrammeMeasure>,
  ): Promise<ProgrammeMeasure> {
    try {
      if (this.closed) throw new Error('The session was closed.');
      this.measurer ??= this.engine.measurer();
      const measured = await measure(await this.measurer);
      known.set(key, measured);
      return measured;
    } finally {
      this.underWay.delete(key);
    }
  }
}
