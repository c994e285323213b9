import type { Comment, CommentEvent, CommentRequest, Notice, Reply, User } from '../../protocol';
import { createStore, err, ok, type ReadableStore, type Result, type Scope } from '../../std';
import type { Api } from '../api/api';
import { Collection } from '../lists/collection';
import type { Comments, Desk, SaveState, Words } from '../types';
import { Hearing, type HearingParts, suggestedChanges } from './hearing';
import { callsMe, unreadComments } from './unread';

export interface CommentParts {
  readonly api: Api;
  readonly session: string;
  readonly me: User;
  readonly readAt: number;
  readonly desk: Pick<Desk, 'mix' | 'apply'>;
  readonly audition: HearingParts['audition'];
  readonly transport: HearingParts['transport'];
  readonly saved: ReadableStore<SaveState>;
  readonly notify: (notice: Notice) => void;
  readonly scope: Scope;
}

const GONE = 'The controls that this suggestion changes are no longer there. Nothing was changed.';
const NOT_TOLD =
  'The mix is changed here and will be sent, but that the suggestion is accepted could not be told yet. Accept it again later.';
const SAVED_MS = 8000;

/** Replies stand in the order in which they were written. */
function withReply(comment: Comment, reply: Reply): Comment {
  const known = comment.replies.some(({ id }) => id === reply.id);
  const replies = known ? comment.replies.map((one) => (one.id === reply.id ? reply : one)) : [...comment.replies, reply];
  return { ...comment, replies };
}

function withoutReply(comment: Comment, replyId: string): Comment {
  return { ...comment, replies: comment.replies.filter(({ id }) => id !== replyId) };
}

/** The comments that I may see, in the order of the song. */
export class SessionComments implements Comments {
  private readonly comments = new Collection<Comment>(
    (comment) => comment.id,
    (a, b) => a.at - b.at || a.createdAt - b.createdAt,
  );
  readonly list = this.comments.list;
  private readonly readStore;
  readonly readAt: ReadableStore<number>;
  private readonly unreadStore = createStore<ReadonlySet<string>>(new Set());
  readonly unread: ReadableStore<ReadonlySet<string>> = this.unreadStore;

  private readonly heard: Hearing;
  readonly hearing;

  constructor(private readonly parts: CommentParts) {
    this.heard = new Hearing({ ...parts, mix: parts.desk.mix });
    this.hearing = this.heard.now;
    this.readStore = createStore(parts.readAt);
    this.readAt = this.readStore;
    const count = () => this.unreadStore.set(unreadComments(this.list.get(), parts.me.id, this.readAt.get()));
    parts.scope.add(this.list.subscribe(count));
    parts.scope.add(this.readAt.subscribe(count));
  }

  load(): Promise<void> {
    return this.comments.load(() => this.parts.api.comments(this.parts.session));
  }

  take(event: CommentEvent): void {
    const before = this.list.get();
    if (event.what === 'put') this.comments.put(event.comment);
    else if (event.what === 'gone') this.comments.gone(event.id);
    else if (event.what === 'reply') this.comments.change(event.id, (comment) => withReply(comment, event.reply));
    else this.comments.change(event.id, (comment) => withoutReply(comment, event.replyId));
    const call = callsMe(before, this.list.get(), this.parts.me.id);
    if (call) this.parts.notify({ level: 'info', text: call });
  }

  async markRead(): Promise<void> {
    const through = Math.max(
      0,
      ...this.list.get().flatMap(({ shownAt, replies }) => [shownAt, ...replies.map((reply) => reply.createdAt)]),
    );
    if (through <= this.readAt.get()) return;
    const { commentsReadAt } = await this.parts.api.commentsRead(this.parts.session, through);
    this.readStore.set(Math.max(this.readAt.get(), commentsReadAt));
  }

  async add(comment: CommentRequest): Promise<Comment> {
    const added = await this.parts.api.comment(this.parts.session, comment);
    this.comments.put(added);
    return added;
  }

  async reply(id: string, words: Words): Promise<void> {
    await this.parts.api.replyTo(this.parts.session, id, words);
  }

  async editReply(id: string, replyId: string, words: Words): Promise<void> {
    await this.parts.api.editReply(this.parts.session, id, replyId, words);
  }

  async removeReply(id: string, replyId: string): Promise<void> {
    await this.parts.api.removeReply(this.parts.session, id, replyId);
  }

  async edit(id: string, words: Words): Promise<void> {
    await this.parts.api.editComment(this.parts.session, id, words);
  }

  async remove(id: string): Promise<void> {
    await this.parts.api.removeComment(this.parts.session, id);
    this.comments.gone(id);
  }

  async resolve(id: string, resolved: boolean): Promise<void> {
    await this.parts.api.resolve(this.parts.session, id, resolved);
  }

  async approve(id: string): Promise<void> {
    await this.parts.api.approve(this.parts.session, id);
  }

  async accept(comment: Comment): Promise<Result<void, string>> {
    const { api, session, desk } = this.parts;
    // What is only heard cannot be changed.
    this.heard.end();
    const changes = suggestedChanges(desk.mix.get(), comment);
    if (changes === null) return err(GONE);
    // By my own hand, so that my undo takes it back; the service carries out what has not reached it.
    const applied = desk.apply(changes);
    if (!applied.ok) return applied;
    if (!(await this.savedSoon())) return err(NOT_TOLD);
    this.comments.put(await api.decide(session, comment.id, true));
    return applied;
  }

  async decline(id: string): Promise<void> {
    this.comments.put(await this.parts.api.decide(this.parts.session, id, false));
  }

  hearSuggestion(comment: Comment): Result<void, string> {
    return this.heard.suggestion(comment) ? ok(undefined) : err(GONE);
  }

  hearAsItWas(comment: Comment): Promise<void> {
    return this.heard.asItWas(comment);
  }

  switchHearing(on: boolean): void {
    this.heard.switchTo(on);
  }

  endHearing(): void {
    this.heard.end();
  }

  /** Whether everything of mine is on disk, within some seconds. */
  private savedSoon(): Promise<boolean> {
    const { saved, scope } = this.parts;
    return new Promise((resolve) => {
      const waiting = scope.child();
      const look = () => {
        if (saved.get().state !== 'saved') return;
        resolve(true);
        waiting.close();
      };
      waiting.add(() => resolve(false));
      waiting.add(saved.subscribe(look));
      waiting.after(SAVED_MS, () => waiting.close());
      look();
    });
  }
}
