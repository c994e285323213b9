import { type Change, type Mix, rowOf, setValue, targetOf, targetValue } from '../../mix';
import type { Comment } from '../../protocol';
import { createStore, type ReadableStore, type Scope } from '../../std';
import type { Api } from '../api/api';
import { MIX } from '../heard/names';
import type { Audition, CommentHearing, Transport } from '../types';
import { recordsOf } from '../versions/records';

export interface HearingParts {
  readonly api: Pick<Api, 'commentMix'>;
  readonly session: string;
  /** The mix that is heard: the shared one where nothing else is. */
  readonly mix: ReadableStore<Mix>;
  readonly audition: Pick<Audition, 'others' | 'heard' | 'compare' | 'hear'>;
  readonly transport: Pick<Transport, 'together' | 'setTogether' | 'playing' | 'play' | 'seek'>;
  readonly scope: Scope;
}

/** The changes of a suggestion as far as a mix is not so already; null where nothing of it is there any more. */
export function suggestedChanges(mix: Mix, { suggestion }: Comment): Change[] | null {
  const there = (suggestion?.changes ?? []).flatMap(({ control, to }) => {
    const target = targetOf(control);
    return target && rowOf(mix, target) ? [{ target, to }] : [];
  });
  if (there.length === 0) return null;
  return there.filter(({ target, to }) => targetValue(mix, target) !== to).flatMap(({ target, to }) => setValue(mix, target, to));
}

/** What a comment suggests, and the mix that it spoke of, heard by me alone beside the mix of now, at the same loudness. */
export class Hearing {
  private readonly nowStore = createStore<CommentHearing | null>(null);
  readonly now: ReadableStore<CommentHearing | null> = this.nowStore;
  /** Where I left the others to hear a moment by myself. */
  private left = false;
  private asked = 0;

  constructor(private readonly parts: HearingParts) {
    const { audition, scope } = parts;
    scope.add(audition.others.subscribe(() => this.follow()));
    scope.add(audition.heard.subscribe(() => this.follow()));
  }

  /** Null where nothing of the suggestion is there any more. */
  suggestion(comment: Comment): boolean {
    this.end();
    const changes = suggestedChanges(this.parts.mix.get(), comment);
    if (changes === null) return false;
    this.begin(comment, 'suggestion', { changes });
    return true;
  }

  /** The song goes on from the comment's moment, for me alone. */
  async asItWas(comment: Comment): Promise<void> {
    const { api, session, transport } = this.parts;
    this.end();
    const asked = ++this.asked;
    const past = await api.commentMix(session, comment.id);
    // Something else was asked for meanwhile.
    if (asked !== this.asked) return;
    this.begin(comment, 'as it was', { records: recordsOf(past) });
    this.left = transport.together.get();
    if (this.left) transport.setTogether(false);
    transport.seek(comment.at);
    if (!transport.playing.get()) transport.play();
  }

  switchTo(on: boolean): void {
    const { audition } = this.parts;
    const now = this.nowStore.get();
    if (now) audition.hear(on ? idOf(now) : MIX);
  }

  /** Back to the mix of now, and to the others. */
  end(): void {
    this.asked++;
    if (!this.nowStore.get()) return;
    this.over();
    this.parts.audition.hear(MIX);
    this.parts.audition.compare([]);
  }

  private begin(comment: Comment, what: CommentHearing['what'], mix: Parameters<Audition['compare']>[0][number]['mix']): void {
    const { audition } = this.parts;
    const next: CommentHearing = { comment: comment.id, what, on: true };
    audition.compare([{ id: idOf(next), name: what === 'suggestion' ? 'As suggested' : 'As it was', mix }]);
    this.nowStore.set(next);
    audition.hear(idOf(next));
  }

  /** Something else may have been chosen, or offered in the place of this. */
  private follow(): void {
    const { audition } = this.parts;
    const now = this.nowStore.get();
    if (!now) return;
    if (!audition.others.get().some(({ id }) => id === idOf(now))) this.over();
    else if ((audition.heard.get() === idOf(now)) !== now.on) this.nowStore.set({ ...now, on: !now.on });
  }

  private over(): void {
    this.nowStore.set(null);
    if (this.left) this.parts.transport.setTogether(true);
    this.left = false;
  }
}

const idOf = ({ comment, what }: CommentHearing): string => `comment ${comment} ${what}`;
