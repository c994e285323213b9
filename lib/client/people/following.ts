import type { Awareness as AwarenessStates } from 'y-protocols/awareness';
import type { StripId } from '../../mix';
import type { Alone, Notice, SongView } from '../../protocol';
import { createStore, type ReadableStore, type Scope } from '../../std';
import type { Following, Person } from '../types';
import type { SessionPeople } from './people';

export interface FollowingParts {
  readonly people: Pick<SessionPeople, 'here' | 'tell' | 'viewOf'>;
  readonly awareness: Pick<AwarenessStates, 'on' | 'off'>;
  /** Selects a strip as the one I follow has it. */
  readonly select: (strip: StripId | null) => void;
  readonly notify: (notice: Notice) => void;
  readonly scope: Scope;
}

const sameView = (a: SongView | null, b: SongView | null) => a?.from === b?.from && a?.until === b?.until && a?.channel === b?.channel;

/** Going along with one of those who are here, by what presence tells of them. */
export class SessionFollowing implements Following {
  private readonly leaderStore = createStore<Person | null>(null);
  readonly leader: ReadableStore<Person | null> = this.leaderStore;
  private readonly followersStore = createStore<readonly Person[]>([]);
  readonly followers: ReadableStore<readonly Person[]> = this.followersStore;
  private readonly viewStore = createStore<SongView | null>(null);
  readonly view: ReadableStore<SongView | null> = this.viewStore;
  private readonly ledStore = createStore<Alone | 'together' | null>(null);
  /** Where the one I follow plays. */
  readonly led: ReadableStore<Alone | 'together' | null> = this.ledStore;

  constructor(private readonly parts: FollowingParts) {
    const { people, awareness, scope } = parts;
    scope.add(people.here.subscribe(() => this.look()));
    const lookAtView = () => this.lookAtView();
    awareness.on('change', lookAtView);
    scope.add(() => awareness.off('change', lookAtView));
  }

  follow(client: number): void {
    const leader = this.parts.people.here.get().find((person) => person.client === client && !person.me);
    if (!leader) return;
    // Who follows me in turn would have us go round in circles.
    if (leader.following !== null && leader.following === this.me()?.client) {
      this.parts.notify({ level: 'info', text: `${leader.user.name} follows you already.` });
      return;
    }
    this.parts.people.tell({ following: client });
    this.go(leader);
  }

  leave(): void {
    if (!this.leaderStore.get()) return;
    this.parts.people.tell({ following: null });
    this.go(null);
  }

  show(view: SongView): void {
    this.parts.people.tell({ view });
  }

  private me(): Person | undefined {
    return this.parts.people.here.get().find((person) => person.me);
  }

  private look(): void {
    const here = this.parts.people.here.get();
    const me = this.me();
    const followers = here.filter(({ following, me: mine }) => !mine && following !== null && following === me?.client);
    const before = this.followersStore.get();
    if (followers.length !== before.length || followers.some((person, n) => person !== before[n])) this.followersStore.set(followers);
    const leader = this.leaderStore.get();
    if (!leader) return;
    const now = here.find(({ client }) => client === leader.client);
    if (now) {
      if (now !== leader) this.go(now);
      return;
    }
    this.leave();
    this.parts.notify({ level: 'info', text: `${leader.user.name} has gone. You go on by yourself.` });
  }

  private go(leader: Person | null): void {
    const before = this.leaderStore.get();
    this.leaderStore.set(leader);
    this.ledStore.set(leader && (leader.together ? 'together' : leader.alone));
    if (leader && (before?.client !== leader.client || before.selected !== leader.selected)) this.parts.select(leader.selected);
    this.lookAtView();
  }

  private lookAtView(): void {
    const leader = this.leaderStore.get();
    const view = leader && this.parts.people.viewOf(leader.client);
    if (!sameView(view, this.viewStore.get())) this.viewStore.set(view);
  }
}
