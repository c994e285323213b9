import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from '@hono/zod-openapi';
import { stemManifestSchema } from '../../lib/media';
import { alignmentRequest, stemKindSchema, stemSchema } from '../../lib/protocol';
import { type Api, createApi, idParameter, jsonBody, jsonOf, NOTHING, routesOf, whoAsks } from '../http/api';
import type { StemsService } from './service';

const session = z.object({ id: idParameter });
const stem = z.object({ id: idParameter, stemId: idParameter });
const route = routesOf('Stems');
const bytes = z.string().openapi({ format: 'binary' });
const binary = (description: string) => ({ description, content: { 'application/octet-stream': { schema: bytes } } }) as const;

const send = route('post', '/api/sessions/{id}/stems', 'Add a stem', {
  description:
    'The body is the file itself: WAV, AIFF, FLAC, MP3, Ogg Vorbis, Opus or M4A. A `reference` is a finished song to compare with: it gets no strip. For large files and bad lines: `/api/uploads`.',
  request: {
    params: session,
    query: z.object({ filename: z.string().min(1).max(500), kind: stemKindSchema.default('stem') }),
    body: { content: { 'application/octet-stream': { schema: bytes } } },
  },
  responses: {
    202: jsonOf('Received whole and kept; it is processed next', stemSchema),
    409: { description: 'The session holds as many stems as it may' },
    413: { description: 'The file is larger than one stem may be' },
  },
});
const list = route('get', '/api/sessions/{id}/stems', 'The stems of a session', {
  request: { params: session },
  responses: { 200: jsonOf('All stems, also those that failed and why', z.array(stemSchema)) },
});
const align = route('patch', '/api/sessions/{id}/stems/{stemId}', 'Align a reference', {
  description: 'Where it lies beside the song, and its marks; what is left out stays.',
  request: { params: stem, body: jsonBody(alignmentRequest) },
  responses: { 200: jsonOf('The reference', stemSchema), 409: { description: 'It is a stem of the mix' } },
});
const remove = route('delete', '/api/sessions/{id}/stems/{stemId}', 'Remove a stem', {
  description: 'Its strip stays, without sound.',
  request: { params: stem },
  responses: { 204: NOTHING },
});
const original = route('get', '/api/sessions/{id}/stems/{stemId}/original', 'The file as it was sent', {
  request: { params: stem },
  responses: { 200: binary('The file') },
});
const manifest = route('get', '/media/{id}/{stemId}/manifest.json', 'What a stem is made of', {
  request: { params: stem },
  responses: { 200: jsonOf('Segments, peaks, loudness', stemManifestSchema) },
});
const piece = route('get', '/media/{id}/{stemId}/{name}', 'A segment or the peaks of a stem', {
  request: { params: stem.extend({ name: z.string().max(64) }) },
  responses: { 200: binary('FLAC, or peaks as `lib/media/peaks.ts` describes them') },
});

/** What a stem is made of never changes; only members may keep it. */
const FOR_EVER = 'private, max-age=31536000, immutable';

/** To `HEAD` goes the answer to `GET` without its body, which nobody would read: the open file is let go at once. */
function fileResponse(
  method: string,
  file: { readonly size: number; readonly body: Readable },
  headers: Readonly<Record<string, string>>,
): Response {
  if (method === 'HEAD') file.body.destroy();
  const body = method === 'HEAD' ? null : (Readable.toWeb(file.body) as ReadableStream<Uint8Array>);
  return new Response(body as BodyInit | null, { headers: { ...headers, 'content-length': String(file.size) } });
}

/** RFC 6266: the name in UTF-8, and always as something to be saved, never to be shown. */
function attachment(filename: string): string {
  const encoded = encodeURIComponent(filename).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename*=UTF-8''${encoded}`;
}

/** Stems over HTTP, and their sound under `/media`. */
export function stemRoutes(stems: StemsService): Api {
  const api = createApi();
  api.openapi(send, async (context) => {
    const { id } = context.req.valid('param');
    const length = context.req.header('content-length');
    const body = {
      stream: context.req.raw.body as ReadableStream<Uint8Array> | null,
      length: length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null,
    };
    return context.json(await stems.receive(whoAsks(context), { sessionId: id, ...context.req.valid('query') }, body), 202);
  });
  api.openapi(list, async (context) => context.json(await stems.list(whoAsks(context), context.req.valid('param').id), 200));
  api.openapi(align, async (context) => {
    const { id, stemId } = context.req.valid('param');
    return context.json(await stems.align(whoAsks(context), id, stemId, context.req.valid('json')), 200);
  });
  api.openapi(remove, async (context) => {
    const { id, stemId } = context.req.valid('param');
    await stems.removeOne(whoAsks(context), id, stemId);
    return context.body(null, 204);
  });
  api.openapi(original, async (context) => {
    const { id, stemId } = context.req.valid('param');
    const file = await stems.original(whoAsks(context), id, stemId);
    return fileResponse(context.req.method, file, {
      'content-type': 'application/octet-stream',
      'content-disposition': attachment(file.filename),
    });
  });
  api.openapi(manifest, async (context) => {
    const { id, stemId } = context.req.valid('param');
    return context.json(await stems.manifest(whoAsks(context), id, stemId), 200, { 'cache-control': FOR_EVER });
  });
  api.openapi(piece, async (context) => {
    const { id, stemId, name } = context.req.valid('param');
    const file = await stems.piece(whoAsks(context), id, stemId, name);
    const type = name.endsWith('.flac') ? 'audio/flac' : 'application/octet-stream';
    return fileResponse(context.req.method, file, {
      'content-type': type,
      'cache-control': FOR_EVER,
      'cross-origin-resource-policy': 'same-origin',
    });
  });
  return api;
}
