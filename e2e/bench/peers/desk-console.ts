import { fullConsole } from '../../../lib/desk/full-console';
import { Rig } from '../../../lib/desk/rig';
import { byTheClock, type Rendering, SAMPLE_RATE } from './rendered';

/** Our desk in its worklet, as the page hosts it, in an offline context. */
export async function renderDesk(strips: number, seconds: number): Promise<Rendering> {
  const module = await WebAssembly.compile(await (await fetch('/built/desk.wasm')).arrayBuffer());
  const rig = new Rig(module);
  fullConsole(rig, strips);
  rig.fill(0);
  rig.desk.write([{ do: 'start', position: 0 }]);
  const context = new OfflineAudioContext(2, seconds * SAMPLE_RATE, SAMPLE_RATE);
  await context.audioWorklet.addModule('/built/desk-worklet.js');
  const processorOptions = { module, memory: rig.desk.memory };
  const node = new AudioWorkletNode(context, 'desk', { numberOfInputs: 0, outputChannelCount: [2], processorOptions });
  node.connect(context.destination);
  return byTheClock(() => context.startRendering());
}
