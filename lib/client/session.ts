import * as Y from 'yjs';
import { may, type Role } from '../access';
import type { Engine } from '../audio';
import { MixDocument } from '../doc';
import type { StripId } from '../mix';
import type { MemberEvent, Notice, SessionInfo, User } from '../protocol';
import { createStore, type ReadableStore, Scope } from '../std';
import { type Api, createApi } from './api/api';
import { ApiProblem } from './api/problem';
import { createRequest } from './api/request';
import { SessionBlindTests } from './blind/session-blind-tests';
import { SessionChat } from './chat/session-chat';
import { SessionCheck } from './check/session-check';
import { SessionComments } from './comments/comments';
import { LiveDesk } from './desk/desk';
import { DocumentConnection } from './document/connection';
import type { Kept } from './document/kept';
import { SessionDraft } from './draft/session-draft';
import { SessionEars } from './ears/session-ears';
import { HeardMix } from './heard/heard-mix';
import { sharedLayer } from './heard/layer';
import { MixLoudness } from './heard/loudness';
import { Matcher } from './heard/matcher';
import { SessionAudition } from './heard/session-audition';
import { SessionHistory } from './history/history';
import { SessionTour } from './learning/tour';
import { Live } from './live/live';
import { reportSound } from './live/sound-reports';
import { SessionFollowing } from './people/following';
import { SessionPeople } from './people/people';
import type { Platform } from './platform';
import { SessionReferences } from './references/session-references';
import { SessionStems } from './stems/stems';
import { SessionVoices } from './talk/session-voices';
import { LiveTransport } from './transport/transport';
import type { OpenSession, PersonEars, SaveState } from './types';
import { SessionVersions } from './versions/session-versions';

/** How long opening waits for the shared mix before it shows what there is. */
const CONTENT_MS = 6000;
const CANNOT_KEEP = 'This browser has no room to keep your changes. Stay on this page until it says saved.';
const INCOMPLETE = 'Stems, comments, versions or people could not be listed just now; it is tried again. The mix itself is not affected.';
const RETRY_MS = 5000;
const REMOVED = 'You are no longer in this session. Ask its owner for a new invite.';

interface Opening {
  readonly platform: Platform;
  readonly api: Api;
  readonly me: User;
  readonly info: SessionInfo;
  readonly kept: Kept | null;
}

/** Opens a session on a platform. Rejects with `ApiProblem`: 401 for nobody known, 404 for what is not shared with them. */
export async function openOn(platform: Platform, id: string): Promise<OpenSession> {
  try {
    return await open(platform, id);
  } catch (problem) {
    const away = problem instanceof ApiProblem && (problem.status === 0 || problem.status >= 500);
    if (!away) throw problem;
    const kept = await platform.countKept(id).catch(() => 0);
    throw kept === 0 ? problem : new ApiProblem(`${problem.message} ${keptHere(kept)}`, problem.status);
  }
}

const keptHere = (count: number) =>
  count === 1
    ? 'A change that was made here is kept in this browser; it is sent when the session opens.'
    : `${count} changes that were made here are kept in this browser; they are sent when the session opens.`;

async function open(platform: Platform, id: string): Promise<OpenSession> {
  const api = createApi(createRequest(platform.fetch, platform.origin));
  const { user } = await api.me();
  if (!user) throw new ApiProblem('Please tell us your name first, so that the others know who you are.', 401);
  const info = await api.session(id);
  // Without a store (a private window, a full disk) everything works, only a reload before it says saved would lose changes.
  const kept = await platform.openKept(user.id, id).catch(() => null);
  // In the colour by which the others in this session know me.
  const me = info.people.find((person) => person.id === user.id) ?? user;
  const session = new Session({ platform, api, me, info, kept });
  try {
    await session.begin();
    // What is not thrown away now is thrown away the next time.
    void kept?.prune().catch(() => {});
  } catch (error) {
    session.close();
    throw error;
  }
  return session;
}

class Session implements OpenSession {
  readonly id: string;
  readonly me: User;
  readonly info: ReadableStore<SessionInfo>;
  readonly role: ReadableStore<Role>;
  readonly saved: ReadableStore<SaveState>;
  readonly desk: LiveDesk;
  readonly transport: LiveTransport;
  readonly comments: SessionComments;
  readonly history: SessionHistory;
  readonly versions: SessionVersions;
  readonly audition: SessionAudition;
  readonly check: SessionCheck;
  readonly tour: SessionTour;
  readonly references: SessionReferences;
  readonly draft: SessionDraft;
  readonly blindTests: SessionBlindTests;
  readonly stems: SessionStems;
  readonly chat: SessionChat;
  readonly voices: SessionVoices;
  readonly people: SessionPeople;
  readonly following: SessionFollowing;
  readonly ears: ReadableStore<readonly PersonEars[]>;
  readonly engine: Engine;
  private readonly scope = new Scope();
  private readonly infoStore;
  private readonly roleStore;
  private readonly writableStore;
  private readonly noticeStore = createStore<Notice | null>(null);
  readonly notice: ReadableStore<Notice | null> = this.noticeStore;
  private readonly selectedStore = createStore<StripId | null>(null);
  readonly selected: ReadableStore<StripId | null> = this.selectedStore;
  private readonly api: Api;
  /** False while a list is missing that has been told of. */
  private complete = true;
  private readonly connection: DocumentConnection;

  constructor({ platform, api, me, info, kept }: Opening) {
    const { scope } = this;
    this.id = info.id;
    this.me = me;
    this.api = api;
    this.infoStore = createStore(info);
    this.info = this.infoStore;
    this.roleStore = createStore(info.role);
    this.role = this.roleStore;
    this.writableStore = createStore(false);
    const mayWrite = createStore(may(info.role, 'mix.write'));
    scope.add(this.role.subscribe(() => mayWrite.set(may(this.role.get(), 'mix.write'))));
    const notify = (notice: Notice) => this.noticeStore.set({ ...notice });

    if (kept) scope.add(() => kept.close());
    const doc = new Y.Doc();
    scope.add(() => doc.destroy());
    const document = new MixDocument(doc);
    scope.add(() => document.close());
    this.engine = platform.createEngine();
    scope.add(() => this.engine.close());
    this.connection = new DocumentConnection({
      url: `${platform.origin.replace(/^http/, 'ws')}/sync`,
      session: info.id,
      doc,
      onMoved: (next) => document.moveTo(next),
      kept,
      mayWrite,
      openSocket: platform.openSocket,
      page: platform.page,
      random: platform.random,
      onHand: (frame) => this.desk.takeHand(frame),
      onCannotKeep: () => notify({ level: 'warning', text: CANNOT_KEEP }),
      scope,
    });
    this.saved = this.connection.saved;
    const { shortage } = this.engine;
    scope.add(
      shortage.subscribe(() => {
        const text = shortage.get();
        if (text !== null) notify({ level: 'warning', text });
      }),
    );
    const { awareness } = this.connection;
    this.people = new SessionPeople({ api, session: info.id, me, role: this.role, awareness, scope });
    const heard = new HeardMix(sharedLayer(document), this.writableStore);
    this.following = new SessionFollowing({
      people: this.people,
      awareness,
      select: (strip) => this.showSelected(strip),
      notify,
      scope,
    });
    this.desk = new LiveDesk({
      heard,
      engine: this.engine,
      client: awareness.clientID,
      here: this.people.here,
      send: (frame) => this.connection.send(frame),
      holding: (hands) => this.people.tell({ hands }),
      now: platform.now,
      scope,
    });
    this.ears = new SessionEars({
      engine: this.engine,
      mix: this.desk.mix,
      apart: heard.apart,
      saved: this.saved,
      here: this.people.here,
      awareness,
      tell: (ears) => this.people.tell({ ears }),
      now: platform.now,
      scope,
    }).list;
    this.stems = new SessionStems({ api, session: info.id, origin: platform.origin, engine: this.engine, scope });
    const live = new Live(
      { origin: platform.origin, session: info.id, now: platform.now, scope, ...(platform.headers ? { headers: platform.headers } : {}) },
      {
        comment: (event) => this.comments.take(event),
        snapshot: (event) => this.versions.take(event),
        blind: (event) => this.blindTests.take(event),
        member: (event) => this.takeMember(event),
        stem: (event) => this.stems.take(event),
        info: (event) => this.infoStore.set({ ...this.infoStore.get(), ...event }),
        history: () => this.history.refresh(),
        chat: (event) => this.chat.take(event),
        talk: (event) => this.voices.take(event),
        notice: notify,
        back: () =>
          void this.refresh().catch(() =>
            notify({ level: 'warning', text: 'Not everything could be brought up to date. Reload the page.' }),
          ),
      },
    );
    this.chat = new SessionChat({ api, session: info.id, me: me.id, call: (call) => live.chat(call), storage: platform.storage });
    this.voices = new SessionVoices({
      engine: this.engine,
      call: (call) => live.talk(call),
      client: awareness.clientID,
      createTalk: platform.createTalk,
      connected: live.connected,
      storage: platform.storage,
      now: platform.now,
      scope,
    });
    reportSound({ engine: this.engine, send: (report) => live.report(report), scope });
    this.transport = new LiveTransport({
      engine: this.engine,
      clock: live.clock,
      anchor: live.anchor,
      connected: live.connected,
      role: this.role,
      length: () => this.stems.length(),
      led: this.following.led,
      leave: () => this.following.leave(),
      accompanied: () => this.people.here.get().some(({ me, together }) => !me && together),
      act: (action) => live.act(action),
      notify,
      now: platform.now,
      scope,
    });
    const matcher = new Matcher({ loudness: new MixLoudness(this.engine), loop: this.transport.loop, scope });
    this.audition = new SessionAudition({ document, heard, matcher, monitor: this.engine.monitor, scope });
    this.comments = new SessionComments({
      api,
      session: info.id,
      me,
      readAt: info.commentsReadAt,
      desk: this.desk,
      audition: this.audition,
      transport: this.transport,
      saved: this.saved,
      notify,
      scope,
    });
    this.check = new SessionCheck({ engine: this.engine, mix: document.mix, desk: this.desk, audition: this.audition, scope });
    this.tour = new SessionTour({
      session: info.id,
      check: this.check,
      mix: document.mix,
      records: () => document.records(),
      audition: this.audition,
      transport: this.transport,
      storage: platform.storage,
      scope,
    });
    this.references = new SessionReferences({
      engine: this.engine,
      stems: this.stems,
      mix: this.desk.mix,
      transport: this.transport,
      scope,
    });
    const keptDraft = platform.openKeptDraft(me.id, info.id).catch(() => null);
    scope.add(() => void keptDraft.then((store) => store?.close()));
    const { desk, audition } = this;
    this.draft = new SessionDraft({ document, desk, audition, kept: keptDraft, scope });
    this.blindTests = new SessionBlindTests({ api, session: info.id, me, audition });
    this.versions = new SessionVersions({
      ...{ api, session: info.id, desk, audition, saved: this.saved },
      records: () => document.records(),
    });
    this.history = new SessionHistory({
      api,
      session: info.id,
      mix: this.desk.mix,
      hold: (changes) => this.audition.hold(changes),
    });
    scope.add(this.transport.together.subscribe(() => this.people.tell({ together: this.transport.together.get() })));
    scope.add(this.transport.alone.subscribe(() => this.people.tell({ alone: this.transport.alone.get() })));
    const settleWritable = () => this.writableStore.set(mayWrite.get() && this.saved.get().state !== 'refused');
    scope.add(mayWrite.subscribe(settleWritable));
    scope.add(this.saved.subscribe(settleWritable));
    settleWritable();
  }

  /** Resolves when the mix and the lists are there, or what can be had of them in time. Rejects when the mix is refused. */
  async begin(): Promise<void> {
    const lists = this.loadLists();
    // Nothing hangs on it: whoever is not told looks into the history.
    void this.history.loadAway().catch(() => {});
    await this.connection.open();
    void this.draft.load().catch(() => {});
    await Promise.all([lists, this.content()]);
    const saved = this.saved.get();
    if (saved.state === 'refused' && saved.kept === 0) throw new ApiProblem(saved.why, 0);
  }

  select(strip: StripId | null): void {
    if (strip !== this.selectedStore.get()) this.following.leave();
    this.showSelected(strip);
  }

  private showSelected(strip: StripId | null): void {
    this.selectedStore.set(strip);
    this.people.tell({ selected: strip });
  }

  async rename(title: string): Promise<void> {
    this.infoStore.set(await this.api.changeSession(this.id, { title }));
  }

  async letListenersComment(allowed: boolean): Promise<void> {
    this.infoStore.set(await this.api.changeSession(this.id, { listenersMayComment: allowed }));
  }

  giveUpKept(): Promise<void> {
    return this.connection.giveUpKept();
  }

  close(): void {
    // First, while there is still a line to tell the others on.
    this.desk.letGo();
    this.scope.close();
  }

  /** Waits until the shared mix has come, was refused, or does not come; at once where this browser has kept one. */
  private content(): Promise<void> {
    const { arrived, saved } = this.connection;
    const there = () => arrived.get() || saved.get().state === 'refused' || this.desk.mix.get().strips.size > 1;
    if (there()) return Promise.resolve();
    const waiting = this.scope.child();
    return new Promise<void>((resolve) => {
      waiting.add(resolve);
      const look = () => {
        if (there()) waiting.close();
      };
      waiting.add(arrived.subscribe(look));
      waiting.add(saved.subscribe(look));
      waiting.after(CONTENT_MS, () => waiting.close());
    });
  }

  /** Loads what stands beside the mix; what cannot be had now is tried again, for the mix itself works without. */
  private async loadLists(): Promise<void> {
    const loads = await Promise.allSettled([
      this.stems.load(),
      this.comments.load(),
      this.versions.load(),
      this.blindTests.load(),
      this.people.load(),
      this.chat.load(),
    ]);
    const missed = loads.find((load) => load.status === 'rejected');
    if (!missed) {
      this.complete = true;
      return;
    }
    if (this.saved.get().state === 'refused') return;
    if (this.complete) this.noticeStore.set({ level: 'warning', text: INCOMPLETE });
    this.complete = false;
    this.scope.after(RETRY_MS, () => void this.loadLists());
  }

  private async refresh(): Promise<void> {
    try {
      const info = await this.api.session(this.id);
      this.infoStore.set(info);
      this.roleStore.set(info.role);
    } catch {
      // The line has only just come back; lists try again by themselves, and the role is told with every change.
    }
    this.history.refresh();
    await this.loadLists();
  }

  private takeMember(event: MemberEvent): void {
    this.people.take(event);
    if (event.what === 'gone') {
      if (event.id === this.me.id) this.noticeStore.set({ level: 'danger', text: REMOVED });
    } else if (event.member.user.id === this.me.id) {
      this.roleStore.set(event.member.role);
      this.infoStore.set({ ...this.info.get(), role: event.member.role });
    }
  }
}
