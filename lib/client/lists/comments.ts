import type { Comment, CommentEvent, Reply } from '../../protocol';
import type { Api } from '../api/api';
import type { Comments } from '../types';
import { Collection } from './collection';

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

  constructor(
    private readonly api: Api,
    private readonly session: string,
  ) {}

  load(): Promise<void> {
    return this.comments.load(() => this.api.comments(this.session));
  }

  take(event: CommentEvent): void {
    if (event.what === 'put') this.comments.put(event.comment);
    else if (event.what === 'gone') this.comments.gone(event.id);
    else if (event.what === 'reply') this.comments.change(event.id, (comment) => withReply(comment, event.reply));
    else this.comments.change(event.id, (comment) => withoutReply(comment, event.replyId));
  }

  async add(comment: Parameters<Comments['add']>[0]): Promise<Comment> {
    const added = await this.api.comment(this.session, comment);
    this.comments.put(added);
    return added;
  }

  async reply(id: string, body: string): Promise<void> {
    await this.api.replyTo(this.session, id, body);
  }

  async editReply(id: string, replyId: string, body: string): Promise<void> {
    await this.api.editReply(this.session, id, replyId, body);
  }

  async removeReply(id: string, replyId: string): Promise<void> {
    await this.api.removeReply(this.session, id, replyId);
  }

  async edit(id: string, body: string): Promise<void> {
    await this.api.editComment(this.session, id, body);
  }

  async remove(id: string): Promise<void> {
    await this.api.removeComment(this.session, id);
    this.comments.gone(id);
  }

  async resolve(id: string, resolved: boolean): Promise<void> {
    await this.api.resolve(this.session, id, resolved);
  }

  async approve(id: string): Promise<void> {
    await this.api.approve(this.session, id);
  }
}
