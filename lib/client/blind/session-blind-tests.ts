import type { BlindEvent, BlindLetter, OwnBlindTest, User } from '../../protocol';
import { createStore, type ReadableStore } from '../../std';
import type { Api } from '../api/api';
import { MIX } from '../heard/names';
import { Collection } from '../lists/collection';
import type { Alternative, Audition, BlindTests } from '../types';
import { recordsOf } from '../versions/records';

export interface BlindTestsParts {
  readonly api: Api;
  readonly session: string;
  readonly me: User;
  readonly audition: Pick<Audition, 'compare' | 'hear'>;
}

/** Comparisons by the whole room; see `BlindTests`. */
export class SessionBlindTests implements BlindTests {
  /** Letters are the ids of what is compared; those of versions are longer. */
  private readonly tests = new Collection<OwnBlindTest>(
    ({ id }) => id,
    (a, b) => b.at - a.at,
  );
  readonly list = this.tests.list;
  private readonly joinedStore = createStore<string | null>(null);
  readonly joined: ReadableStore<string | null> = this.joinedStore;
  private readonly followingStore = createStore(true);
  readonly following: ReadableStore<boolean> = this.followingStore;

  constructor(private readonly parts: BlindTestsParts) {}

  async load(): Promise<void> {
    await this.tests.load(() => this.parts.api.blindTests(this.parts.session));
    const joined = this.joinedStore.get();
    if (joined !== null && !this.find(joined)) this.leave();
    this.follow();
  }

  take(event: BlindEvent): void {
    if (event.what === 'gone') {
      this.tests.gone(event.id);
      if (this.joinedStore.get() === event.id) this.leave();
      return;
    }
    // Others are not told what I have voted for.
    this.put({ ...event.test, mine: this.find(event.test.id)?.mine ?? null });
  }

  setFollowing(following: boolean): void {
    this.followingStore.set(following);
    this.follow();
  }

  async begin(versions: readonly string[], together: boolean): Promise<void> {
    const test = await this.parts.api.beginBlindTest(this.parts.session, { versions: [...versions], together });
    this.put(test);
    await this.join(test.id);
  }

  async join(id: string): Promise<void> {
    const test = this.find(id);
    if (!test) return;
    const { api, session, audition } = this.parts;
    const letters = await Promise.all(
      test.letters.map(async (letter): Promise<Alternative> => {
        return { id: letter, name: letter, mix: { records: recordsOf(await api.blindMix(session, id, letter)) } };
      }),
    );
    audition.compare(letters, { among: 'others' });
    this.joinedStore.set(id);
    audition.hear(test.heard ?? 'A');
  }

  leave(): void {
    if (this.joinedStore.get() === null) return;
    this.joinedStore.set(null);
    this.parts.audition.compare([]);
    this.parts.audition.hear(MIX);
  }

  async hear(letter: BlindLetter): Promise<void> {
    const test = this.current();
    if (!test) return;
    this.parts.audition.hear(letter);
    if (!test.together || !this.followingStore.get() || test.result !== null) return;
    this.put(await this.parts.api.hearBlind(this.parts.session, test.id, letter));
  }

  async vote(letter: BlindLetter): Promise<void> {
    const test = this.current();
    if (test) this.put(await this.parts.api.voteBlind(this.parts.session, test.id, letter));
  }

  async reveal(id: string): Promise<void> {
    this.put(await this.parts.api.revealBlind(this.parts.session, id));
  }

  async remove(id: string): Promise<void> {
    await this.parts.api.removeBlind(this.parts.session, id);
    this.take({ what: 'gone', id });
  }

  private find(id: string): OwnBlindTest | undefined {
    return this.list.get().find((test) => test.id === id);
  }

  private current(): OwnBlindTest | undefined {
    const joined = this.joinedStore.get();
    return joined === null ? undefined : this.find(joined);
  }

  private put(test: OwnBlindTest): void {
    const before = this.find(test.id)?.heard;
    this.tests.put(test);
    if (before !== test.heard) this.follow();
  }

  /** Hears what all hear. */
  private follow(): void {
    const test = this.current();
    if (test?.together && test.heard !== null && test.result === null && this.followingStore.get()) {
      this.parts.audition.hear(test.heard);
    }
  }
}
