import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SoundReport } from '../lib/protocol';
import { createAdminDoor } from './admin/door';
import { adminRoutes } from './admin/routes';
import { createAdmin } from './admin/service';
import { blindTestRoutes } from './blind/routes';
import { createBlindTests } from './blind/service';
import { chatRoutes } from './chat/routes';
import { createChat } from './chat/service';
import { copyComments } from './comments/copy';
import { commentRoutes } from './comments/routes';
import { createComments } from './comments/service';
import { createUnread } from './comments/unread';
import type { Config } from './config';
import { openExchange } from './exchange';
import { createHistoryNotices } from './history/notices';
import { historyRoutes } from './history/routes';
import { createHistory } from './history/service';
import { createApp } from './http/app';
import { createDisk } from './http/disk';
import { createGuard, inMemory } from './http/guard';
import { createOrigins } from './http/origins';
import { inviteRoutes } from './invites/routes';
import { createInvites } from './invites/service';
import { createLive } from './live/live';
import type { Log } from './observability/log';
import { createMetrics, type Metrics } from './observability/metrics';
import { metricsGuard, operationRoutes } from './observability/routes';
import { accountRoutes } from './people/account-routes';
import { createAccountService } from './people/account-service';
import { createAccounts } from './people/accounts';
import { createMail } from './people/mail';
import { peopleRoutes } from './people/routes';
import { createPeople } from './people/service';
import { subscribe, type UpdateLog } from './ports';
import { createAccess } from './sessions/access';
import { type Activity, createActivity } from './sessions/activity';
import { createBin } from './sessions/bin';
import { join as joinSession } from './sessions/joining';
import { createMembers } from './sessions/members';
import { sessionRoutes } from './sessions/routes';
import { createSessions, DEMO_TEMPLATE, type Documents } from './sessions/service';
import { snapshotRoutes } from './snapshots/routes';
import { createSnapshots } from './snapshots/service';
import { stemRoutes } from './stems/routes';
import { createStemsService } from './stems/service';
import { openStorage } from './storage';
import { createSyncService, type SyncLimits, type SyncService } from './sync';

/** Chooses the implementations and builds every service. The only place that knows of both sides. */
export async function compose(config: Config, log: Log) {
  const folder = resolve(config.DATA_DIR);
  await mkdir(folder, { recursive: true });
  const storage = await openStorage(config, folder, log);
  const { kysely, dialect, secret } = storage;

  const disk = createDisk(folder, config.RESERVE_MEGABYTES * 1_000_000);
  const exchange = await openExchange(config, log).catch(async (error: unknown) => {
    await storage.close();
    throw error;
  });
  const { bus, between } = exchange;
  const metrics = createMetrics();
  const origins = createOrigins(config);
  const now = Date.now;
  const baseUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
  const sendMail = createMail(config, log);
  const accounts = createAccounts({ kysely, dialect, secret, baseUrl, sendMail });
  const people = createPeople(kysely, accounts);
  const access = createAccess(kysely);
  const guard = createGuard(config, between?.limits);
  const activity = createActivity(kysely, log, now);
  const notices = createHistoryNotices(bus);
  const members = createMembers({ kysely, access, people, bus });
  const accountService = createAccountService({
    kysely,
    accounts,
    people,
    bus,
    told: members.told,
    recolor: members.recolor,
    mail: sendMail !== null,
    config,
  });
  subscribe(bus, 'login', ({ userId }) => people.forget(userId));
  const sync = createSyncService({
    log: noting(timed(storage.updateLog, metrics), activity, notices.touch),
    roleOf: access.roleOf,
    rolesIn: access.rolesIn,
    bus,
    logger: log,
    limits: syncLimits(config),
    ...(between ? { peers: between.peers, lines: between.lines } : {}),
    measures: {
      delivered: (seconds) => metrics.deliveries.observe(seconds),
      refused: (code) => metrics.updatesRefused.inc({ code }),
    },
  });
  const documents = mixDocuments(sync);
  const snapshots = createSnapshots({ kysely, access, people, sync, bus, config, now });
  const blindTests = createBlindTests({ kysely, access, people, snapshots, sync, bus, now });
  const history = createHistory({ kysely, access, people, sync, now });
  const stems = createStemsService({
    kysely,
    blobs: storage.blobs,
    disk,
    bus,
    sync,
    access,
    limits: {
      maxBytes: config.MAX_STEM_MEGABYTES * 1_000_000,
      maxSeconds: config.MAX_STEM_MINUTES * 60,
      maxStems: config.MAX_STRIPS,
      sessionBytes: config.MAX_MEGABYTES_PER_SESSION * 1_000_000,
      personBytes: config.MAX_MEGABYTES_PER_USER * 1_000_000,
    },
    log,
    folder: join(folder, 'ingest'),
    desk: await WebAssembly.compile(await readFile(join(process.cwd(), 'public/built/desk.wasm'))),
    now,
    measures: { ingested: (outcome, seconds) => metrics.ingests.observe({ outcome }, seconds) },
    alone: !storage.shared,
  });
  await stems.start();
  const song = join(process.cwd(), 'public/demo-song');
  const demo = config.DEMO_SONG === 'on' ? storage.inTurn('demo song', () => stems.seedDemo(DEMO_TEMPLATE, song)) : Promise.resolve();
  demo.catch((error: unknown) => log.error({ err: error }, 'the demo song could not be made'));
  const unread = createUnread(kysely, access, now);
  const sessions = createSessions({
    kysely,
    access,
    unread: unread.of,
    copyComments: (from, to) => copyComments(kysely, from, to),
    people,
    bus,
    documents,
    stems,
    demoReady: () => demo,
    config,
    now,
  });
  const bin = createBin({ kysely, people, stems, sessions, now });
  const invites = createInvites({
    kysely,
    access,
    people,
    joining: {
      join: (transaction, sessionId, userId, role) => joinSession(transaction, config, { sessionId, userId, role, at: now() }),
      told: members.told,
    },
    config,
    now,
  });
  const comments = createComments({
    kysely,
    access,
    listenersMayComment: sessions.listenersMayComment,
    people,
    sync,
    past: history,
    bus,
    config,
    now,
  });
  const chat = createChat({ kysely, access, people, bus, limits: between?.limits ?? inMemory, config, now });
  const reported = ({ underruns, moves }: SoundReport) => {
    metrics.reports.inc();
    metrics.underruns.inc(underruns);
    metrics.moves.inc(moves);
  };
  const seen = (sessionId: string, userId: string) =>
    void history.seen(sessionId, userId).catch((error: unknown) => log.warn({ err: error, sessionId }, 'a visit was not noted'));
  const live = createLive({
    kysely,
    people,
    access,
    chat,
    origins,
    bus,
    log,
    config,
    clock: exchange.clock,
    anchors: between?.anchors,
    reported,
    seen,
  });

  metrics.watch('live_sockets', 'Open socket.io connections', live.count);
  metrics.watch('sync_sockets', 'Open sync connections', () => sync.counts().sockets);
  metrics.watch('people', 'People who have a session open', () => sync.counts().people);
  metrics.watch('stems_bytes', 'Bytes of all stems as they were sent', () => stems.bytesKept());
  metrics.watch('stem_jobs', 'Files that wait or are worked on', () => stems.jobsOpen());
  metrics.watch('instances_heard', 'Whether the other instances can be told of anything (1), or by the database alone (0)', () =>
    between === null || between.alive() ? 1 : 0,
  );
  metrics.watch('sync_rooms', 'Mix documents in memory', () => sync.counts().rooms);

  const door = createAdminDoor({ token: config.ADMIN_TOKEN, secret, secure: baseUrl.startsWith('https:'), now });
  const admin = createAdmin({ kysely, door, sessions, stems, disk, sync, config, log, now });
  const app = createApp({
    config,
    origins,
    people,
    log,
    apis: [
      operationRoutes(readiness, metrics, metricsGuard(config.METRICS_TOKEN)),
      peopleRoutes(people, guard),
      accountRoutes(accountService, guard),
      sessionRoutes(sessions, bin, members, guard),
      inviteRoutes(invites, people, guard),
      commentRoutes(comments, unread, guard),
      chatRoutes(chat),
      historyRoutes(history, guard),
      adminRoutes(admin, guard),
      snapshotRoutes(snapshots, guard),
      blindTestRoutes(blindTests, guard),
      stemRoutes(stems),
      stems.uploads.routes(),
    ],
  });

  const sweep = () => {
    sessions.sweep().catch((error: unknown) => log.error({ err: error }, 'deleted sessions were not swept'));
    stems.sweep().catch((error: unknown) => log.error({ err: error }, 'abandoned uploads were not swept'));
  };
  const sweeping = setInterval(sweep, 24 * 3_600_000);
  sweeping.unref();
  for (const topic of ['comment', 'stem'] as const) subscribe(bus, topic, ({ sessionId }) => activity.touch(sessionId));

  let phase: 'starting' | 'open' | 'stopping' = 'starting';
  async function readiness(): Promise<string[]> {
    if (phase !== 'open') return [phase];
    try {
      await kysely.selectFrom('sessions').select('id').limit(1).execute();
      if (!(await disk.isWell())) return ['disk'];
    } catch (error) {
      log.error({ err: error }, 'the database does not answer');
      return ['database'];
    }
    try {
      await storage.checkBlobs();
      return [];
    } catch (error) {
      log.error({ err: error }, 'the storage of files does not answer');
      return ['files'];
    }
  }

  return {
    app,
    /** Pages that are not there, because what they need is switched off. */
    bus,
    hidden: (path: string) => config.ADMIN_TOKEN === null && /^\/admin(\/|\.|$)/.test(path),
    origins,
    people,
    access,
    live,
    metrics,
    sync,
    /** Everything listens: people may come. */
    ready: () => {
      phase = 'open';
      sweep();
    },
    /** From now on not ready: whoever balances load sends nobody here. */
    stop: () => {
      phase = 'stopping';
    },
    /** Ends everything in the order that loses nothing. */
    async close(): Promise<void> {
      clearInterval(sweeping);
      await stems.close();
      await sync.stop();
      await live.close();
      notices.close();
      await history.close();
      await activity.close();
      exchange.close();
      await storage.close();
    },
  };
}
export type Services = Awaited<ReturnType<typeof compose>>;

function syncLimits(config: Config): SyncLimits {
  return {
    documentBytes: config.MAX_DOCUMENT_BYTES,
    messageBytes: config.MAX_MESSAGE_BYTES,
    firstDifferenceBytes: config.MAX_FIRST_DIFFERENCE_BYTES,
    awarenessBytes: config.MAX_AWARENESS_BYTES,
    awarenessPerSecond: config.MAX_AWARENESS_PER_SECOND,
    handBytes: config.MAX_PREVIEW_BYTES,
    handsPerSecond: config.MAX_PREVIEWS_PER_SECOND,
    socketsPerUser: config.MAX_SOCKETS_PER_USER,
    peopleInSession: config.MAX_MEMBERS,
    gestures: config.MAX_GESTURES,
  };
}

/** The life of a session, told to the sync service. */
function mixDocuments(sync: SyncService): Documents {
  return {
    // A mix that is read for the first time begins as a new one.
    create: async (sessionId) => void (await sync.read(sessionId)),
    async copy(from, to, stems) {
      await sync.copy(from, to);
      await sync.edit(to, (mix) =>
        [...mix.strips.values()].flatMap((strip) => {
          const stem = strip.stem === null ? undefined : stems.get(strip.stem);
          return stem === undefined ? [] : [{ do: 'put', map: 'strips', id: strip.id, fields: { stem } } as const];
        }),
      );
    },
    remove: (sessionId) => sync.remove(sessionId),
  };
}

/** Measures each transaction. */
function timed(log: UpdateLog, { commits, updates }: Metrics): UpdateLog {
  return {
    ...log,
    async append(batch, goneOn) {
      const end = commits.startTimer();
      const sequences = await log.append(batch, goneOn);
      end();
      updates.inc(batch.length);
      return sequences;
    },
  };
}

/** Every change of a mix is a change of its session. */
function noting(log: UpdateLog, activity: Activity, went: (sessionId: string) => void): UpdateLog {
  return {
    ...log,
    async append(batch, goneOn = []) {
      const sequences = await log.append(batch, goneOn);
      for (const { sessionId, gesture } of batch) {
        activity.touch(sessionId);
        if (gesture) went(sessionId);
      }
      for (const { sessionId } of goneOn) went(sessionId);
      return sequences;
    },
  };
}
