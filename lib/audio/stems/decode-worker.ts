import { type Desk, instantiateDesk } from '../../desk';
import type { FrameLoop } from '../../media';
import { createSegmentDecoder } from './decode';
import { DeskSlots } from './desk-slots';
import { Filler, type FillSource } from './filler';
import { Playhead } from './playhead';
import { ReferenceFills } from './reference-fills';
import { type FetchBytes, fetchBytes, SegmentFiles } from './segment-files';
import type { StemPlace } from './stem-memory';
import type { FromDecodeWorker, ToDecodeWorker } from './worker-messages';

/** Compressed segments kept, in bytes: some ten seconds of 16 stereo stems. The browser's own cache keeps more. */
const KEPT_BYTES = 16 * 2 ** 20;
/** The playhead is looked at this often; segments last four seconds. */
const LOOK_MS = 50;

const scope = self as unknown as {
  postMessage(message: FromDecodeWorker): void;
  onmessage: ((event: MessageEvent<ToDecodeWorker>) => void) | null;
};

/** Fetches, and tells of what could not be had. */
const fetchOrTell: FetchBytes = async (url, signal) => {
  try {
    return await fetchBytes(url, signal);
  } catch (reason) {
    if (!signal.aborted) scope.postMessage({ did: 'failed', file: url });
    throw reason;
  }
};

/** Fills the slots of the desk in `memory` until the worker ends. */
async function begin(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<(message: ToDecodeWorker) => void> {
  const desk: Desk = instantiateDesk(module, memory);
  const files = new SegmentFiles(fetchOrTell, KEPT_BYTES);
  const decoder = await createSegmentDecoder();
  const damaged = (file: string) => scope.postMessage({ did: 'damaged', file });
  const filler = new Filler(files, decoder, damaged);
  const playhead = new Playhead(desk);
  let loop: FrameLoop | null = null;
  let sources: ReadonlyMap<string, { readonly place: StemPlace; readonly source: FillSource }> = new Map();
  const references = new ReferenceFills(desk, files, decoder, damaged);
  const look = () => {
    const at = playhead.at(performance.now());
    filler.look(at, loop);
    references.look(at, loop);
  };
  setInterval(look, LOOK_MS);

  return (message) => {
    if (message.do === 'stems') {
      sources = new Map(
        message.places.map((place) => {
          const known = sources.get(place.stem);
          // The desk's source is what tells one placing of a stem from another.
          if (known?.place.source === place.source && known.place.slots[0] === place.slots[0]) return [place.stem, known];
          return [place.stem, { place, source: { slots: new DeskSlots(desk, place, true), files: place.files } }];
        }),
      );
      filler.setSources(new Map([...sources].map(([stem, { source }]) => [stem, source])));
      scope.postMessage({ did: 'stems', ticket: message.ticket });
    } else if (message.do === 'references') {
      references.set(message.references);
      scope.postMessage({ did: 'stems', ticket: message.ticket });
    } else if (message.do === 'loop') loop = message.loop;
    else if (message.do === 'at') playhead.tell(message.position, performance.now());
    look();
  };
}

let ready: Promise<(message: ToDecodeWorker) => void> | null = null;
scope.onmessage = ({ data }) => {
  if (data.do === 'begin') ready = begin(data.module, data.memory);
  else void ready?.then((handle) => handle(data));
};
