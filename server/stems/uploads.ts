import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from '@hono/zod-openapi';
import { ERRORS, EVENTS, Server } from '@tus/server';
import type { Kysely } from 'kysely';
import { stemKindSchema, type User } from '../../lib/protocol';
import { type Api, createApi, describeRoute, idParameter, NOTHING, problemResponse, whoAsks } from '../http/api';
import { type Disk, isDiskFull, noRoom } from '../http/disk';
import { notFound, Refusal } from '../http/problem';
import type { Log } from '../observability/log';
import type { Access } from '../sessions/access';
import type { Database, StemsTable } from '../sql/database';
import type { Intake } from './intake';
import { stagedPath } from './processing';
import type { PromisedBytes } from './promised';
import { stemRows } from './repository';
import type { UploadStore } from './upload-store';

const tags = ['Stems'];
const offset = z.object({ 'Upload-Offset': z.string() });
const upload = z.object({ stemId: idParameter });
const NO_ROOM = { 507: { description: 'There is no room for it on the disk; what came is kept, and it may go on later' } } as const;
/** tus 1.0 as the API's description shows it; `@tus/server` answers. */
const begin = describeRoute({
  method: 'post',
  path: '/api/uploads',
  tags,
  summary: 'Begin a resumable upload (tus 1.0)',
  description:
    '`Upload-Metadata` names `sessionId` and `filename`, and as `kind` what the file is for: `stem`, or `reference`. The upload is a stem from its first byte; `Location` ends in its id.',
  request: { headers: z.object({ 'Tus-Resumable': z.literal('1.0.0'), 'Upload-Length': z.string(), 'Upload-Metadata': z.string() }) },
  responses: {
    201: { description: 'Begun' },
    409: { description: 'The session, or who sends it, may keep no more' },
    413: { description: 'The file is larger than one stem may be' },
    ...NO_ROOM,
  },
});
const whereWasI = describeRoute({
  method: 'head',
  path: '/api/uploads/{stemId}',
  tags,
  summary: 'How much of an upload is there (tus 1.0)',
  request: { params: upload },
  responses: { 200: { description: 'So much', headers: offset } },
});
const goOn = describeRoute({
  method: 'patch',
  path: '/api/uploads/{stemId}',
  tags,
  summary: 'Go on with an upload (tus 1.0)',
  request: { params: upload, headers: offset, body: { content: { 'application/offset+octet-stream': { schema: z.string() } } } },
  responses: {
    204: { description: 'So much is there now', headers: offset },
    409: { description: 'Another offset is wanted' },
    ...NO_ROOM,
  },
});
const giveUp = describeRoute({
  method: 'delete',
  path: '/api/uploads/{stemId}',
  tags,
  summary: 'Give an upload up (tus 1.0)',
  request: { params: upload },
  responses: { 204: NOTHING },
});

interface UploadsNeeds {
  readonly kysely: Kysely<Database>;
  readonly access: Access;
  readonly intake: Intake;
  readonly disk: Disk;
  readonly promised: PromisedBytes;
  readonly store: UploadStore;
  readonly progress: (stemId: string, done: number) => void;
  /** Where half-received and staged files lie. */
  readonly folder: string;
  readonly maxBytes: number;
  readonly log: Log;
}

const PATH = '/api/uploads';

/**
 * Resumable uploads by tus 1.0. An upload is a stem from its first byte: it has the stem's id, and `Upload-Metadata` names
 * `sessionId` and `filename`. Every request is checked against the role that its sender has now.
 */
export function createUploads(needs: UploadsNeeds) {
  const { access, intake, disk, promised, store, folder, maxBytes } = needs;
  const rows = stemRows(needs.kysely);
  /** The stem that a request to create an upload was given. */
  const given = new WeakMap<Request, string>();

  const tus = new Server({
    path: PATH,
    datastore: store.datastore,
    maxSize: maxBytes,
    relativeLocation: true,
    respectForwardedHeaders: false,
    namingFunction: (request) => given.get(request as unknown as Request) ?? '',
    // Which of the two comes is a matter of time; the first does not say what the write failed for.
    onResponseError: (_request, error) =>
      error === ERRORS.FILE_WRITE_ERROR || isDiskFull(error) ? { status_code: 507, body: noRoom().detail } : undefined,
    onUploadFinish: async (_request, upload) => {
      await finish(upload.id).catch((error: unknown) => giveUpOn(upload.id, error));
      return {};
    },
  });
  tus.on(EVENTS.POST_RECEIVE, (_request, upload) => {
    if (!upload.size) return;
    needs.progress(upload.id, upload.offset / upload.size);
    if (store.local) promised.set(upload.id, upload.size - upload.offset);
  });

  /** All bytes are there: the file goes on as if it had come in one request. */
  async function finish(stemId: string): Promise<void> {
    if (!(await rows.find(stemId))) throw notFound();
    await store.alone(stemId, () => take(stemId));
  }

  async function take(stemId: string): Promise<void> {
    if ((await rows.find(stemId))?.status !== 'receiving') return;
    const path = stagedPath(folder, stemId);
    await mkdir(dirname(path), { recursive: true });
    await rm(path, { force: true });
    await store.stage(stemId, path);
    await intake.received(stemId);
  }

  /** It came whole but cannot be kept: whoever sent it must not believe that it is here. */
  async function giveUpOn(stemId: string, reason: unknown): Promise<never> {
    if (reason instanceof Refusal) throw Object.assign(reason, { status_code: reason.status, body: reason.detail });
    needs.log.error({ err: reason, stemId }, 'an upload could not be kept');
    // A disk that fails here may fail there too; the answer is the same.
    await intake.abandon(stemId).catch(() => {});
    throw Object.assign(new Error('not kept'), {
      status_code: 507,
      body: 'There is no room to keep this file. Nothing was added; try again later.',
    });
  }

  /** Removes tus's own files of an upload that is finished or was given up. */
  async function tidy(stemId: string): Promise<void> {
    const row = await rows.find(stemId);
    if (row?.status !== 'receiving') await store.remove(stemId);
  }

  async function create(user: User, request: Request): Promise<string> {
    const { sessionId, filename, kind = 'stem' } = metadataOf(request.headers.get('upload-metadata') ?? '');
    if (!sessionId || !filename) throw new Refusal(400, 'Upload-Metadata: must name sessionId and filename');
    const known = stemKindSchema.safeParse(kind);
    if (!known.success) throw new Refusal(400, 'Upload-Metadata: kind is stem or reference');
    const length = request.headers.get('upload-length');
    // What is never told cannot be counted on: many such uploads would promise more than there is.
    if (length === null) throw new Refusal(411, 'Upload-Length: must be told when an upload begins');
    if (!/^\d{1,15}$/.test(length)) throw new Refusal(400, 'Upload-Length: must be a whole number');
    const row = await intake.begin(user, { sessionId, filename, kind: known.data }, Number(length));
    if (!store.local) promised.forget(row.id);
    return row.id;
  }

  /** Refuses whoever may not, or no longer, add this stem. */
  async function check(user: User, stemId: string): Promise<void> {
    const row = await rows.find(stemId);
    if (!row || row.created_by !== user.id) throw notFound();
    await access.demand(row.session_id, user.id, 'stems.write');
  }

  async function handle(user: User, request: Request): Promise<Response> {
    const stemId = new URL(request.url).pathname.slice(PATH.length + 1);
    if (stemId !== '') {
      await check(user, stemId);
      if (request.method === 'PATCH') await disk.demand(promised.upTo(stemId));
      const response = await tus.handleWeb(request);
      if (request.method === 'DELETE' && response.ok) await intake.abandon(stemId);
      await tidy(stemId);
      return response;
    }
    if (request.method !== 'POST') return await tus.handleWeb(request);
    const made = await create(user, request);
    given.set(request, made);
    const response = await tus.handleWeb(request);
    if (!response.ok) await intake.abandon(made);
    await tidy(made);
    return response;
  }

  return {
    routes(): Api {
      const api = createApi();
      const answer = async (context: Parameters<typeof whoAsks>[0]) =>
        asProblem(await handle(whoAsks(context), context.req.raw), context.req.method);
      for (const route of [begin, whereWasI, goOn, giveUp]) api.openAPIRegistry.registerPath(route);
      api.all(PATH, answer);
      api.all(`${PATH}/:stemId`, answer);
      return api;
    },
    /** Finds out how a file stands that is on its way: one that came whole goes on, and one that will not come is forgotten. */
    async settle(row: StemsTable): Promise<void> {
      const arrival = await store.arrival(row);
      if (arrival === 'gone') return await intake.abandon(row.id);
      if (store.local) promised.set(row.id, await store.missing(row.id));
      if (arrival === 'coming') return;
      await finish(row.id);
      await tidy(row.id);
    },
    /** Forgets what nobody went on with. */
    async sweep(): Promise<void> {
      await store.datastore.deleteExpired();
    },
  };
}

/** What tus refuses in plain words, as everything else is refused. */
async function asProblem(response: Response, method: string): Promise<Response> {
  if (response.ok || method === 'HEAD') return response;
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return problemResponse(response.status, (await response.text()).trim(), Object.fromEntries(headers));
}

/** tus 1.0, `Upload-Metadata`: pairs of a key and a base64 value, with commas between. */
function metadataOf(header: string): Readonly<Record<string, string | undefined>> {
  const pairs = header.split(',').map((pair) => pair.trim().split(' ', 2));
  return Object.fromEntries(pairs.map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString('utf8')]));
}
