import { byTheClock, noiseBuffer, type Rendering, SAMPLE_RATE } from './rendered';

const BANDS = [80, 200, 500, 1500, 4000, 10_000];

function chain(nodes: readonly AudioNode[]): void {
  nodes.reduce((from, to) => from.connect(to));
}

function filter(context: BaseAudioContext, type: BiquadFilterType, frequency: number, gain = 0): BiquadFilterNode {
  return new BiquadFilterNode(context, { type, frequency, gain, channelCount: 2 });
}

/** Noise that dies away: what a native convolver needs for a room of 1.6 s. */
function impulse(context: BaseAudioContext): AudioBuffer {
  const buffer = noiseBuffer(context, 1.6);
  for (const side of [0, 1]) {
    const samples = buffer.getChannelData(side);
    for (let n = 0; n < samples.length; n++) samples[n] = (samples[n] ?? 0) * 10 ** ((-3 * n) / (1.6 * SAMPLE_RATE));
  }
  return buffer;
}

/** A strip from the browser's own nodes: what `fullStrip` has but for the gate, which they do not have. */
function strip(context: BaseAudioContext, index: number, { master, sends }: { master: AudioNode; sends: readonly AudioNode[] }): AudioNode {
  const trim = new GainNode(context, { gain: 10 ** (1 / 20) });
  const fader = new GainNode(context, { gain: 0.1 });
  const meter = new AnalyserNode(context, { fftSize: 2048 });
  chain([
    trim,
    filter(context, 'highpass', 80),
    filter(context, 'lowpass', 16_000),
    ...BANDS.map((frequency, band) => filter(context, 'peaking', frequency, band % 2 ? 3 : -3)),
    new DynamicsCompressorNode(context, { threshold: -18, ratio: 3, knee: 6 }),
    new StereoPannerNode(context, { pan: index % 2 ? -0.3 : 0.3 }),
    fader,
    meter,
    master,
  ]);
  for (const send of sends) chain([fader, new GainNode(context, { gain: 0.25 }), send]);
  return trim;
}

/** The console of native nodes: the browser's filters, compressors and panners, a convolver and a delay with feedback. */
export async function renderNative(strips: number, seconds: number): Promise<Rendering> {
  const context = new OfflineAudioContext(2, seconds * SAMPLE_RATE, SAMPLE_RATE);
  const master = new GainNode(context);
  chain([master, new DynamicsCompressorNode(context, { threshold: -1, ratio: 20, knee: 0, attack: 0.001 }), context.destination]);
  const room = new ConvolverNode(context, { buffer: impulse(context) });
  room.connect(master);
  const delay = new DelayNode(context, { delayTime: 0.375, maxDelayTime: 2 });
  chain([delay, filter(context, 'lowpass', 6000), new GainNode(context, { gain: 0.35 }), delay]);
  delay.connect(master);
  const source = new AudioBufferSourceNode(context, { buffer: noiseBuffer(context, seconds) });
  for (let index = 0; index < strips; index++) source.connect(strip(context, index, { master, sends: [room, delay] }));
  source.start();
  return byTheClock(() => context.startRendering());
}
