import * as Y from 'yjs';
import { newMix } from '../../../lib/doc';
import { Line } from './line';
import { awareness, difference, NOTHING, read, stateVector, updateOf } from './messages';
import type { Peer } from './peer';
import { type Guest, guests, sessionOf } from './studio';

/** Somebody in a room: their line, and their own document. */
export interface Player {
  readonly line: Line;
  readonly doc: Y.Doc;
  readonly client: number;
}

/** A place to meet at a server: its address and who may come. */
export interface Place {
  readonly url: string;
  readonly cookies: readonly string[];
}

const PEOPLE_FOR_ROOMS = 10;

/** Places for so many people each. At ours they are sessions, ten of which have the same people. */
export async function places(peer: Peer, count: number, people: number): Promise<Place[]> {
  const ws = peer.url.replace('http', 'ws');
  if (peer.name !== 'ours') return Array.from({ length: count }, (_, n) => ({ url: `${ws}/room-${people}-${n}`, cookies: [] }));
  const made: Place[] = [];
  let band: readonly Guest[] = [];
  for (let n = 0; n < count; n++) {
    if (n % PEOPLE_FOR_ROOMS === 0) band = await guests(peer.url, people);
    const session = await sessionOf(peer.url, band);
    made.push({ url: `${ws}/sync/${session}`, cookies: band.map(({ cookie }) => cookie) });
  }
  return made;
}

const begun = new Y.Doc();
newMix(begun);
const BEGUN = Y.encodeStateAsUpdate(begun);

/**
 * Opens the line of the `n`-th person, in step with the room: at ours with the mix that is there; elsewhere everybody brings the
 * same new mix.
 */
export async function enter(place: Place, n: number): Promise<Player> {
  const cookie = place.cookies[n];
  const doc = new Y.Doc();
  const line = await Line.open(place.url, cookie === undefined ? {} : { cookie });
  const { clientID } = doc;
  if (cookie === undefined) {
    Y.applyUpdate(doc, BEGUN);
    line.send(updateOf(BEGUN));
  } else {
    await new Promise<void>((inStep, reject) => {
      line.onClose = (code) => reject(new Error(`The line was closed with ${code}.`));
      line.onMessage = (bytes) => {
        const said = read(bytes);
        if (said.what === 'difference') {
          Y.applyUpdate(doc, said.bytes);
          line.send(difference(NOTHING));
        } else if (said.what === 'saved') inStep();
      };
      line.send(stateVector(NOTHING.subarray(0, 1)));
    });
    line.onClose = () => {};
  }
  line.send(awareness(clientID, 1, { selected: null }));
  return { line, doc, client: clientID };
}

export async function company(place: Place, people: number): Promise<Player[]> {
  return Promise.all(Array.from({ length: people }, (_, n) => enter(place, n)));
}
