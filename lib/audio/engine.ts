import type { StemManifest } from '../media';
import type { Mix, Target } from '../mix';
import { createStore, Scope } from '../std';
import { SAMPLE_RATE } from '../units';
import { captureMix } from './capture';
import { browserChecker, browserMeasurer } from './check/browser-checker';
import type { MixChecker } from './check/mix-checker';
import type { ProgrammeMeasurer } from './check/programme-measurer';
import { DeskDriver } from './driver/driver';
import { DeskLine } from './driver/line';
import { shortOf } from './driver/shortage';
import { createContext, type DeskHost, deviceRate, hostDesk } from './host/host';
import { type LoadedDesk, loadDesk } from './host/load';
import { UnderrunCount } from './host/underruns';
import { DeskMeters } from './meters/meters';
import { DeskMonitor } from './monitor/monitor';
import { browserOutputs, type SoundOutputs } from './monitor/outputs';
import { browserStorage } from './monitor/remembered';
import { takePrint } from './print/take-print';
import { DeskReferences } from './reference/desk-references';
import { measureLoudness } from './render/measure';
import { mixdown } from './render/mixdown';
import { StemStreams } from './stems/stem-streams';
import { keepTime } from './transport/output-timing';
import { DeskPlayer } from './transport/player';
import type { Engine, EngineState, Hearing, MixdownOptions, MixdownReport, MixdownSource, StemLack } from './types';

interface EngineOptions {
  /** Where the built files are served. */
  readonly built?: string;
  /** How much the browser may delay the sound for the sake of safety. */
  readonly latencyHint?: AudioContextLatencyCategory;
}

const LOOK_MS = 50;

/** The desk's memory is there, whether it runs or not. */
interface Ready {
  readonly line: DeskLine;
  readonly driver: DeskDriver;
}

/** What Chromium counts of its output. */
interface CountsUnderruns {
  readonly playbackStats?: { readonly underrunEvents?: number };
}

const why = (reason: unknown) => (reason instanceof Error ? reason.message : String(reason));

/** The browser's sound; see `Engine`. The desk and the stems' memory are there before the first gesture, the context after it. */
class BrowserEngine implements Engine {
  readonly state = createStore<EngineState>({ state: 'idle' });
  readonly length = createStore(0);
  readonly underruns = createStore(0);
  readonly shortage = createStore<string | null>(null);
  readonly meters = new DeskMeters();
  readonly monitor: DeskMonitor;
  readonly outputs: SoundOutputs;
  readonly player: DeskPlayer;
  readonly references: DeskReferences;

  private readonly scope = new Scope();
  private readonly closing = new AbortController();
  private readonly streams = new StemStreams(() => this.show());
  private readonly built: string;
  private readonly latencyHint: AudioContextLatencyCategory;
  private readonly loaded: Promise<LoadedDesk>;
  private starting: Promise<void> | null = null;
  private ready: Ready | null = null;
  private host: DeskHost | null = null;
  private rate: number | null = null;
  /** Somebody else changed the mix since the desk was last shown it; it is another mix; it could not be shown yet. */
  private othersChanged = false;
  private switched = false;
  private unshown = false;
  private mix: Mix | null = null;
  readonly stems = createStore<ReadonlyMap<string, StemManifest>>(new Map());

  constructor({ built = '/built', latencyHint = 'balanced' }: EngineOptions) {
    this.built = built;
    this.latencyHint = latencyHint;
    this.player = new DeskPlayer(this.streams, this.scope);
    const storage = browserStorage();
    this.monitor = new DeskMonitor(
      { soloChanged: () => this.show(), listeningChanged: () => this.setMonitor(), dipChanged: () => this.setDip() },
      storage,
    );
    this.references = new DeskReferences({
      keep: (atHand) => this.streams.setReferences(atHand),
      sources: () => this.streams.referenceSources,
      write: (operations) => void this.ready?.line.write(operations),
      turnDown: (level) => this.monitor.turnDown(level),
    });
    this.outputs = browserOutputs(storage, (ms) => this.player.setNudge(ms));
    this.scope.add(() => this.streams.close());
    this.scope.add(() => this.closing.abort(new DOMException('The session was closed.', 'AbortError')));
    this.loaded = loadDesk(`${built}/desk.wasm`).then((loaded) => {
      if (this.scope.isClosed) return loaded;
      const line = new DeskLine(loaded.desk, () => this.host?.context.state === 'running');
      this.ready = { line, driver: new DeskDriver(line) };
      this.streams.load(loaded.desk, loaded.module, `${built}/decode-worker.js`);
      this.references.restate();
      return loaded;
    });
    // Told when the sound is asked for; until then nobody has to hear of it.
    this.loaded.catch(() => {});
  }

  start(): Promise<void> {
    if (this.host) return this.host.context.resume();
    this.starting ??= this.begin();
    return this.starting;
  }

  setMix(mix: Mix, remote: boolean, switched = false): void {
    this.mix = mix;
    this.switched ||= switched;
    this.othersChanged ||= remote;
    this.show();
  }

  setValue(target: Target, value: number, remote: boolean): void {
    this.ready?.driver.setValue(target, value, remote);
  }

  letGo(target: Target): void {
    this.ready?.driver.letGo(target);
  }

  setStems(manifests: ReadonlyMap<string, StemManifest>): void {
    this.stems.set(manifests);
    this.length.set(Math.max(0, ...[...manifests.values()].map((manifest) => manifest.frames)) / SAMPLE_RATE);
    this.streams.set(manifests);
    this.show();
  }

  source(): MixdownSource {
    if (!this.mix) throw new Error('There is no mix yet.');
    return { mix: this.mix, stems: this.stems.get(), length: this.length.get() };
  }

  async mixdown(
    { source = this.source(), format, from = 0, until, tail, part, normalise }: MixdownOptions,
    progress: (done: number) => void,
    cancel: AbortSignal,
  ): Promise<MixdownReport> {
    const { module } = await this.loaded;
    const first = Math.round(from * SAMPLE_RATE);
    const frames = Math.round(((until ?? source.length) + tail) * SAMPLE_RATE) - first;
    if (frames <= 0) throw new Error('There is nothing to mix down: the end lies before the beginning.');
    const request = { mix: source.mix, stems: source.stems, from: first, frames, ...(part && { part }) };
    const order = { module, request, format, ...(normalise && { normalise }) };
    return mixdown(`${this.built}/render-worker.js`, order, progress, AbortSignal.any([cancel, this.closing.signal]));
  }

  async loudness(
    mix: Mix,
    { from, until }: { readonly from: number; readonly until: number },
    progress: (done: number) => void,
    cancel: AbortSignal,
  ): Promise<number> {
    const { module } = await this.loaded;
    const first = Math.round(from * SAMPLE_RATE);
    const frames = Math.round(until * SAMPLE_RATE) - first;
    if (frames <= 0) return Number.NEGATIVE_INFINITY;
    const order = { module, request: { mix, stems: this.stems.get(), from: first, frames } };
    return measureLoudness(`${this.built}/render-worker.js`, order, progress, AbortSignal.any([cancel, this.closing.signal]));
  }

  hearing(): Hearing {
    const { player, ready, host, mix } = this;
    const stems = this.stems.get();
    const used = new Set([...(mix?.strips.values() ?? [])].flatMap(({ stem }) => stem ?? []));
    const at = player.playing.get() && ready ? ready.line.desk.position : Math.round(player.position() * SAMPLE_RATE);
    const known = this.streams.lacks(at);
    const lacks = new Map<string, StemLack>();
    for (const stem of used) {
      const why = stems.has(stem) ? known.get(stem) : 'absent';
      if (why) lacks.set(stem, why);
    }
    const { baseLatency = 0, outputLatency = 0 } = host?.context ?? {};
    const effects = ready?.driver.leftOut.inserts.size ?? 0;
    return { stems: used.size, lacks, effects, rate: this.rate, latency: Math.round((baseLatency + outputLatency) * 1000) };
  }

  async print(mix: Mix, seed: number, cancel: AbortSignal): Promise<string> {
    const { module } = await this.loaded;
    const order = { module, mix, stems: this.stems.get(), seed };
    return takePrint(`${this.built}/print-worker.js`, order, AbortSignal.any([cancel, this.closing.signal]));
  }

  async checker(): Promise<MixChecker> {
    const { module } = await this.loaded;
    return browserChecker(this.built, module);
  }

  async measurer(): Promise<ProgrammeMeasurer> {
    const { module } = await this.loaded;
    return browserMeasurer(this.built, module);
  }

  async capture(from: number, frames: number): Promise<readonly [Float32Array, Float32Array]> {
    const { desk } = await this.loaded;
    return captureMix(desk, from, frames, this.closing.signal);
  }

  close(): void {
    this.scope.close();
  }

  private async begin(): Promise<void> {
    this.state.set({ state: 'starting' });
    let context: AudioContext | null = null;
    try {
      context = createContext(this.latencyHint);
      const { module, desk } = await this.loaded;
      const host = await hostDesk(context, `${this.built}/desk-worklet.js`, { module, memory: desk.memory });
      if (this.scope.isClosed) return host.close();
      this.scope.add(() => host.close());
      this.run(host);
      await this.outputs.connect(context);
    } catch (reason) {
      void context?.close();
      this.starting = null;
      this.state.set({ state: 'failed', why: why(reason) });
      throw reason;
    }
  }

  /** The desk runs: shows it the mix, and lets player, meters and monitor at it. */
  private run(host: DeskHost): void {
    const { ready } = this;
    if (!ready) return;
    const { line, driver } = ready;
    const { context } = host;
    this.host = host;
    this.rate = deviceRate();
    this.meters.connect(line, driver);
    const clock = keepTime(context, this.scope);
    this.tellAll();
    this.player.connect({
      line,
      clock,
      get offset() {
        return host.offset;
      },
    });
    const counted = new UnderrunCount();
    this.scope.every(LOOK_MS, () => {
      if (line.recovers()) this.tellAll();
      if (!driver.goesOn() && this.unshown) this.show();
      this.references.look(line.desk.referenceLate);
      this.underruns.set(counted.look((context as CountsUnderruns).playbackStats?.underrunEvents ?? 0, this.player.playing.get()));
    });
    this.scope.listen(context, 'statechange', () => this.tellAll());
    this.state.set({ state: 'running' });
  }

  /** Everything the desk should hold, for it has just begun, or slept and missed what was said: rule 22. */
  private tellAll(): void {
    if (!this.ready?.line.awake) return;
    this.show();
    this.ready.driver.restate();
    this.setMonitor();
    this.setDip();
    this.references.restate();
    this.meters.restate();
    this.player.restate();
  }

  private show(): void {
    if (!this.mix) return;
    this.monitor.forgetGone(this.mix);
    if (!this.ready) return;
    const { driver } = this.ready;
    const showing = {
      mix: this.mix,
      sources: this.streams.sources,
      soloed: this.monitor.soloed.get(),
      mode: this.monitor.soloMode.get(),
      key: this.monitor.key.get(),
      remote: this.othersChanged,
      switched: this.switched,
    };
    this.unshown = !driver.show(showing);
    if (this.unshown) return;
    this.othersChanged = this.switched = false;
    this.shortage.set(shortOf(this.mix, driver.leftOut, this.streams.homeless));
  }

  private setMonitor(): void {
    this.ready?.line.write([{ do: 'monitor', ...this.monitor.settings }]);
  }

  private setDip(): void {
    this.ready?.line.write([{ do: 'dip', level: this.monitor.dipped }]);
  }
}

/** The sound of an open session; in the browser only. Silent and without a context until `start()`. */
export function createEngine(options: EngineOptions = {}): Engine {
  return new BrowserEngine(options);
}
