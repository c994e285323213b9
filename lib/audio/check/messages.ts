import type { CheckOptions, Finding, MasterMeasure, ProgrammeMeasure, StripMeasure } from '../../analysis';
import type { StemManifest } from '../../media';
import type { Mix, StripId } from '../../mix';

/** One measurement: a stem as it is, a strip after its processing, or the mix. */
export type MeasureJob =
  | { readonly of: 'stem'; readonly stem: StemManifest }
  | { readonly of: 'strip'; readonly mix: Mix; readonly strip: StripId; readonly stems: ReadonlyMap<string, StemManifest> }
  | { readonly of: 'mix'; readonly mix: Mix; readonly frames: number; readonly stems: ReadonlyMap<string, StemManifest> }
  /** A finished song, or the mix as one. */
  | { readonly of: 'reference'; readonly stem: StemManifest }
  | { readonly of: 'programme'; readonly mix: Mix; readonly frames: number; readonly stems: ReadonlyMap<string, StemManifest> };

/** The module comes with the first message. */
export type ToMeasureWorker =
  | { readonly do: 'begin'; readonly module: WebAssembly.Module }
  | { readonly do: 'measure'; readonly job: MeasureJob };

export type FromMeasureWorker =
  | { readonly did: 'strip'; readonly measure: StripMeasure }
  | { readonly did: 'mix'; readonly measure: MasterMeasure }
  | { readonly did: 'programme'; readonly measure: ProgrammeMeasure }
  | { readonly did: 'fail'; readonly why: string };

export type ToCheckWorker =
  /** A measure under a name by which `check` will speak of it; one that is not spoken of any more is forgotten by `forget`. */
  | { readonly do: 'keep'; readonly name: string; readonly measure: StripMeasure }
  | { readonly do: 'forget'; readonly name: string }
  | ({ readonly do: 'check' } & CheckOrder);

export interface CheckOrder {
  readonly mix: Mix;
  /** Names of each strip's measures. */
  readonly sounds: ReadonlyMap<StripId, { readonly before: string; readonly after: string }>;
  readonly options: CheckOptions;
  /** Some strips are not measured yet: only what a strip shows by itself is told. */
  readonly partial: boolean;
}

export interface FromCheckWorker {
  readonly findings: readonly Finding[];
}
