import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type StemContent, type StemManifest, stemContentSchema } from '../../lib/media';
import type { Blobs } from '../ports';

/** The sound of stems among the blobs: under one content id the original, its segments, their list and the peaks. */
export interface Contents {
  keepOriginal(contentId: string, file: Readable): Promise<void>;
  original(contentId: string): Promise<{ readonly size: number; readonly body: Readable } | null>;
  keepSegment(contentId: string, name: string, bytes: Uint8Array): Promise<void>;
  /** The last step: from here on the sound is whole. Segments that it does not name are removed. */
  finish(contentId: string, content: StemContent, peaks: Uint8Array): Promise<void>;
  manifest(contentId: string, address: { readonly sessionId: string; readonly stemId: string }): Promise<StemManifest | null>;
  /** A segment or the peaks by name; null for any other name. */
  piece(contentId: string, name: string): Promise<{ readonly size: number; readonly body: Readable } | null>;
  remove(contentId: string): Promise<void>;
}

const PEAKS = 'peaks.bin';
const LIST = 'content.json';
const SEGMENT = /^[0-9a-f]{32}\.flac$/;

export function createContents(blobs: Blobs): Contents {
  const keyOf = (contentId: string, name: string): string => `stems/${contentId}/${name}`;
  return {
    keepOriginal: (contentId, file) => blobs.put(keyOf(contentId, 'original'), file),
    original: (contentId) => blobs.get(keyOf(contentId, 'original')),
    async keepSegment(contentId, name, bytes) {
      const key = keyOf(contentId, name);
      // After a restart most of them are there already; the name is the content.
      if (!(await blobs.has(key))) await blobs.put(key, bytes);
    },
    async finish(contentId, content, peaks) {
      const named = new Set(content.segments.map((name) => name && keyOf(contentId, name)));
      for await (const key of blobs.list(keyOf(contentId, ''))) {
        if (SEGMENT.test(key.slice(keyOf(contentId, '').length)) && !named.has(key)) await blobs.remove(key);
      }
      await blobs.put(keyOf(contentId, PEAKS), peaks);
      await blobs.put(keyOf(contentId, LIST), Buffer.from(JSON.stringify(content)));
    },
    async manifest(contentId, { sessionId, stemId }) {
      const list = await blobs.get(keyOf(contentId, LIST));
      if (list === null) return null;
      const content = stemContentSchema.parse(JSON.parse(await text(list.body)));
      const segmentBase = `/media/${sessionId}/${stemId}/`;
      return { ...content, stemId, segmentBase, peaksUrl: `${segmentBase}${PEAKS}` };
    },
    async piece(contentId, name) {
      return name === PEAKS || SEGMENT.test(name) ? await blobs.get(keyOf(contentId, name)) : null;
    },
    remove: (contentId) => blobs.remove(keyOf(contentId, '')),
  };
}
