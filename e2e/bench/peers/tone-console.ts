import * as Tone from 'tone';
import { byTheClock, noiseBuffer, type Rendering, SAMPLE_RATE } from './rendered';

const BANDS = [80, 200, 500, 1500, 4000, 10_000];

/** A strip from Tone's classes, each for what it is named after. */
function strip(index: number, { master, sends }: { master: Tone.InputNode; sends: readonly Tone.InputNode[] }): Tone.Gain {
  const trim = new Tone.Gain(Tone.dbToGain(1));
  const fader = new Tone.Volume(-20);
  trim.chain(
    new Tone.Filter({ type: 'highpass', frequency: 80 }),
    new Tone.Filter({ type: 'lowpass', frequency: 16_000 }),
    ...BANDS.map((frequency, band) => new Tone.Filter({ type: 'peaking', frequency, gain: band % 2 ? 3 : -3 })),
    new Tone.Gate(-50, 0.05),
    new Tone.Compressor({ threshold: -18, ratio: 3, knee: 6 }),
    new Tone.Panner({ pan: index % 2 ? -0.3 : 0.3, channelCount: 2 }),
    fader,
    new Tone.Meter({ channelCount: 2 }),
  );
  fader.connect(master);
  for (const send of sends) fader.chain(new Tone.Gain(Tone.dbToGain(-12)), send);
  return trim;
}

/** The console of Tone's classes, rendered by `Tone.Offline`. */
export async function renderTone(strips: number, seconds: number): Promise<Rendering> {
  return byTheClock(async () => {
    const buffer = await Tone.Offline(
      async () => {
        const master = new Tone.Gain();
        master.chain(new Tone.Limiter(-1), Tone.getDestination());
        const room = new Tone.Reverb({ decay: 1.6, preDelay: 0.02, wet: 1 });
        await room.ready;
        const delay = new Tone.PingPongDelay({ delayTime: 0.375, feedback: 0.35, wet: 1 });
        room.connect(master);
        delay.connect(master);
        const player = new Tone.ToneBufferSource(noiseBuffer(Tone.getContext().rawContext, seconds));
        for (let index = 0; index < strips; index++) player.connect(strip(index, { master, sends: [room, delay] }));
        player.start(0);
      },
      seconds,
      2,
      SAMPLE_RATE,
    );
    const raw = buffer.get();
    if (!raw) throw new Error('Tone rendered nothing.');
    return raw;
  });
}
