/** One measured figure of a benchmark, as `npm run bench -- --json` prints it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same of a peer, measured in the same run, and value ÷ peer. */
  readonly peer?: number;
  readonly ratio?: number;
  readonly goal: number;
  readonly holds: boolean;
}
