import { type Target, targetKey } from '../../mix';

interface Heard {
  readonly target: Target;
  readonly value: number;
}

/** Controls that I alone hear, and see, at other values for a while; the mix stays as it is. */
export class Audition {
  private heard = new Map<string, Heard>();

  /** `show` is told of a control that is to be heard at a value, `rest` of one that is no more. */
  constructor(
    private readonly show: (key: string, target: Target, value: number) => void,
    private readonly rest: (key: string, target: Target) => void,
  ) {}

  value(key: string): number | undefined {
    return this.heard.get(key)?.value;
  }

  /** In the place of what was heard before. The result ends it, unless something else is heard by then. */
  start(moves: readonly (readonly [Target, number])[]): () => void {
    this.end();
    const heard = new Map(moves.map(([target, value]) => [targetKey(target), { target, value }]));
    this.heard = heard;
    this.again();
    return () => {
      if (this.heard === heard) this.end();
    };
  }

  /** Shows all of it again, where something else has been laid over. */
  again(): void {
    for (const [key, { target, value }] of this.heard) this.show(key, target, value);
  }

  end(): void {
    const ended = this.heard;
    this.heard = new Map();
    for (const [key, { target }] of ended) this.rest(key, target);
  }
}
