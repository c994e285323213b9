import { BLOCK_FRAMES, instantiateDesk } from '../../desk';
import type { FromWorklet, WorkletOptions } from './worklet-messages';

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare const currentFrame: number;
declare function registerProcessor(
  name: string,
  processor: new (options: {
    processorOptions: WorkletOptions;
  }) => AudioWorkletProcessor & {
    process(inputs: unknown, outputs: Float32Array[][]): boolean;
  },
): void;

registerProcessor(
  'desk',
  /** Runs the desk, one block after another. */
  class extends AudioWorkletProcessor {
    private readonly desk;
    private readonly sides;
    private offset = Number.NaN;
    private alive = true;

    constructor({ processorOptions: { module, memory } }: { processorOptions: WorkletOptions }) {
      super();
      this.desk = instantiateDesk(module, memory);
      // Made once: they stay good when the memory grows, for what is shared never moves.
      this.sides = [this.desk.output(0), this.desk.output(1)];
      this.port.onmessage = () => {
        this.alive = false;
      };
    }

    process(_inputs: unknown, outputs: Float32Array[][]): boolean {
      const offset = currentFrame - this.desk.delivered;
      if (offset !== this.offset) {
        this.offset = offset;
        const message: FromWorklet = { offset };
        this.port.postMessage(message);
      }
      const [left, right] = outputs[0] ?? [];
      if (!left || left.length === BLOCK_FRAMES) {
        this.desk.process();
        if (this.sides[0]) left?.set(this.sides[0]);
        if (this.sides[1]) right?.set(this.sides[1]);
      } else {
        this.desk.process(left.length);
        left.set(this.desk.output(0, left.length));
        right?.set(this.desk.output(1, left.length));
      }
      return this.alive;
    }
  },
);
