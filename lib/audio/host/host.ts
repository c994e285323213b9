import { SAMPLE_RATE } from '../../units';
import type { FromWorklet, WorkletOptions } from './worklet-messages';

/** The desk in a running audio context. */
export interface DeskHost {
  readonly context: AudioContext;
  /** The context's frame less the frames the desk has delivered. */
  readonly offset: number;
  close(): void;
}

/** Makes the context; to be called within the user's gesture, before anything is waited for. */
export function createContext(latencyHint: AudioContextLatencyCategory): AudioContext {
  const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint });
  void context.resume();
  return context;
}

/** The rate at which the system's output runs, Hz: that of a context that asks for none. Null where the browser gives no second one. */
export function deviceRate(): number | null {
  try {
    const context = new AudioContext();
    void context.close();
    return context.sampleRate;
  } catch {
    return null;
  }
}

/** Tone's own context runs at the device's rate and is made on import, so it is loaded only here and told of ours. */
function connectThroughTone(tone: typeof import('tone'), context: AudioContext, node: AudioWorkletNode): () => void {
  tone.setContext(context, true);
  class DeskNode extends tone.ToneAudioNode {
    readonly name = 'Desk';
    readonly input = undefined;
    readonly output = node;
  }
  const desk = new DeskNode().connect(tone.getDestination());
  return () => desk.dispose();
}

/** Puts the desk into `context`. Rejects when the browser cannot load the worklet. */
export async function hostDesk(context: AudioContext, workletUrl: string, processorOptions: WorkletOptions): Promise<DeskHost> {
  const [tone] = await Promise.all([import('tone'), context.audioWorklet.addModule(workletUrl)]);
  const node = new AudioWorkletNode(context, 'desk', { numberOfInputs: 0, numberOfOutputs: 1, outputChannelCount: [2], processorOptions });
  let offset = 0;
  const first = new Promise<void>((resolve, reject) => {
    node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => {
      offset = data.offset;
      resolve();
    };
    node.onprocessorerror = () => reject(new Error('The audio worklet stopped.'));
  });
  const disconnect = connectThroughTone(tone, context, node);
  await context.resume();
  await first;
  return {
    context,
    get offset() {
      return offset;
    },
    close() {
      node.port.postMessage('end');
      disconnect();
      void context.close();
    },
  };
}
