import { createDeskMemory, type Desk, instantiateDesk, type MixLevels } from '../../desk';
import type { StemManifest } from '../../media';
import type { Mix } from '../../mix';
import { DeskDriver } from '../driver/driver';
import { DeskLine } from '../driver/line';
import type { SegmentDecoder } from '../stems/decode';
import { DeskSlots } from '../stems/desk-slots';
import { Filler } from '../stems/filler';
import type { SegmentFiles } from '../stems/segment-files';
import { StemMemory } from '../stems/stem-memory';
import type { MixPart } from '../types';
import { createBreath } from './breath';
import { mixOfPart } from './part';

export interface RenderRequest {
  readonly mix: Mix;
  readonly stems: ReadonlyMap<string, StemManifest>;
  /** The song's first frame, and how many frames are rendered from there. */
  readonly from: number;
  readonly frames: number;
  /** What of the mix alone; all of it where absent. */
  readonly part?: MixPart;
  /** Segments of each stem in memory at a time; as many as the desk plays with where absent. */
  readonly depth?: number;
}

/** A stretch of the mix; only good until the next one is asked for. */
export interface RenderedPiece {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** What a render needs of the world. */
export interface RenderMeans {
  readonly module: WebAssembly.Module;
  readonly files: SegmentFiles;
  readonly decoder: SegmentDecoder;
}

/** A piece of a stem could not be read, so that the mix would have lacked it. */
class DamagedStem extends Error {
  override readonly name = 'DamagedStem';
}

/** Plays a mix on a desk of its own, as fast as it goes. The same desk, plan and stems as when it is heard. */
export class MixRender {
  private readonly desk: Desk;
  private readonly driver: DeskDriver;
  private readonly filler: Filler;
  private damaged: string | null = null;

  constructor(
    means: RenderMeans,
    private readonly request: RenderRequest,
  ) {
    this.desk = instantiateDesk(means.module, createDeskMemory());
    const { part } = request;
    const mix = part ? mixOfPart(request.mix, part) : request.mix;
    const used = new Set([...mix.strips.values()].map(({ stem }) => stem));
    const stems = new StemMemory(this.desk, request.depth);
    const played = new Map([...request.stems].filter(([id]) => used.has(id)));
    stems.set(played);
    if (stems.places.length < played.size)
      throw new Error(
        'There is not enough memory for all stems, so nothing was rendered. Your session is safe; close other tabs and try again.',
      );
    this.filler = new Filler(means.files, means.decoder, (file) => {
      this.damaged = file;
    });
    this.filler.setSources(
      new Map(stems.places.map((place) => [place.stem, { slots: new DeskSlots(this.desk, place, false), files: place.files }])),
    );
    this.driver = new DeskDriver(new DeskLine(this.desk, () => true));
    const shown = this.driver.show({
      mix,
      sources: stems.sources,
      soloed: new Set(part ? [part.strip] : []),
      mode: 'in place',
      effects: part?.effects ?? true,
      remote: false,
    });
    if (!shown) throw new Error('The mix could not be put onto the desk, so nothing was rendered.');
  }

  /** Rejects when a stem's file is damaged; when stems cannot be fetched it waits for as long as `files` have patience. */
  async *pieces(): AsyncGenerator<RenderedPiece> {
    const { desk, request } = this;
    const { latency } = this.driver;
    const { maxFrames } = desk.layout;
    const breath = createBreath();
    desk.write([{ do: 'start', position: request.from }]);
    try {
      let reading = request.from;
      // The first `latency` frames of the mix are from before the start.
      let early = latency;
      for (let left = request.frames; left > 0; ) {
        this.filler.look(reading, null);
        await breath.take();
        await this.filler.whenHeld(2);
        if (this.damaged !== null)
          throw new DamagedStem('A stem has a damaged piece, so the mixdown was not made. Upload that stem again.');
        const frames = Math.min(maxFrames, early + left);
        desk.process(frames);
        reading = desk.position;
        const skip = Math.min(early, frames);
        early -= skip;
        left -= frames - skip;
        if (frames > skip) yield { left: desk.mix(0, frames).subarray(skip), right: desk.mix(1, frames).subarray(skip) };
      }
    } finally {
      breath.end();
      this.filler.close();
    }
  }

  /** Loudness of all that was rendered. */
  levels(): MixLevels {
    const levels = { momentary: 0, shortTerm: 0, integrated: 0, range: 0, truePeak: 0, limiterReduction: 0 };
    this.desk.readMix(levels);
    return levels;
  }
}
