import type { Awareness as AwarenessStates } from 'y-protocols/awareness';
import { may, type Role } from '../../access';
import { type Target, targetKey, targetOf } from '../../mix';
import {
  type Alone,
  awarenessSchema,
  type CreatedInvite,
  type Ears,
  type Invite,
  type Member,
  type MemberEvent,
  roleSchema,
  type SongView,
  type User,
} from '../../protocol';
import { createStore, type ReadableStore, type Scope } from '../../std';
import type { Api } from '../api/api';
import { Collection } from '../lists/collection';
import type { People, Person } from '../types';

export interface PeopleParts {
  readonly api: Api;
  readonly session: string;
  readonly me: User;
  readonly role: ReadableStore<Role>;
  readonly awareness: AwarenessStates;
  readonly scope: Scope;
}

/** My entry is told at most so often; a hand's movements have messages of their own. */
const TELL_EVERY_MS = 200;

const same = (a: Person, b: Person) =>
  a.client === b.client &&
  a.user.id === b.user.id &&
  a.user.name === b.user.name &&
  a.user.color === b.user.color &&
  a.role === b.role &&
  a.selected === b.selected &&
  a.together === b.together &&
  a.following === b.following &&
  JSON.stringify(a.alone) === JSON.stringify(b.alone) &&
  a.hands.map(targetKey).join() === b.hands.map(targetKey).join() &&
  a.me === b.me;

/** The controls of which an entry says that a hand is on them; keys that mean nothing are passed over. */
const targetsOf = (keys: readonly string[] = []): readonly Target[] => keys.flatMap((key) => targetOf(key) ?? []);

/** Who is here, who belongs to the session, and the invites to it. */
export class SessionPeople implements People {
  private readonly hereStore = createStore<readonly Person[]>([]);
  readonly here: ReadableStore<readonly Person[]> = this.hereStore;
  private readonly memberList = new Collection<Member>(
    (member) => member.user.id,
    (a, b) => a.joinedAt - b.joinedAt,
  );
  readonly members = this.memberList.list;
  private readonly inviteList = new Collection<Invite>(
    (invite) => invite.id,
    (a, b) => b.createdAt - a.createdAt,
  );
  readonly invites = this.inviteList.list;
  private told: Readonly<Record<string, unknown>>;
  private telling = false;

  constructor(private readonly parts: PeopleParts) {
    const { awareness, scope, role, me } = parts;
    this.told = { user: me, role: role.get(), selected: null, together: true, hands: [] };
    awareness.setLocalState(this.told);
    const read = () => this.read();
    awareness.on('change', read);
    scope.add(() => awareness.off('change', read));
    scope.add(
      role.subscribe(() => {
        this.read();
        this.lookAtInvites();
      }),
    );
    this.read();
  }

  /** Tells the others something of me. */
  tell(fields: {
    readonly selected?: string | null;
    readonly together?: boolean;
    readonly hands?: readonly string[];
    readonly ears?: Ears;
    readonly alone?: Alone | null;
    readonly view?: SongView;
    readonly following?: number | null;
  }): void {
    this.told = { ...this.told, ...fields };
    this.read();
    if (this.telling) return;
    this.telling = true;
    this.parts.scope.after(TELL_EVERY_MS, () => {
      this.telling = false;
      this.parts.awareness.setLocalState(this.told);
    });
  }

  /** What a page has in sight; null where it does not tell. */
  viewOf(client: number): SongView | null {
    const read = awarenessSchema.safeParse(this.parts.awareness.getStates().get(client));
    return read.success ? (read.data.view ?? null) : null;
  }

  async load(): Promise<void> {
    const { api, session } = this.parts;
    await Promise.all([this.memberList.load(() => api.members(session)), this.loadInvites()]);
  }

  take(event: MemberEvent): void {
    if (event.what === 'put') {
      const known = this.memberList.list.get().some((member) => member.user.id === event.member.user.id);
      this.memberList.put(event.member);
      // Whoever is new came by an invite, whose uses the owner counts.
      if (!known) this.lookAtInvites();
    } else this.memberList.gone(event.id);
  }

  async invite(request: Parameters<People['invite']>[0]): Promise<CreatedInvite> {
    const created = await this.parts.api.invite(this.parts.session, request);
    const { url: _url, token: _token, ...invite } = created;
    this.inviteList.put(invite);
    return created;
  }

  async revoke(inviteId: string): Promise<void> {
    await this.parts.api.revokeInvite(this.parts.session, inviteId);
    this.inviteList.gone(inviteId);
  }

  async setRole(userId: string, role: Role): Promise<void> {
    await this.parts.api.setRole(this.parts.session, userId, role);
    this.memberList.change(userId, (member) => ({ ...member, role }));
  }

  async remove(userId: string): Promise<void> {
    await this.parts.api.removeMember(this.parts.session, userId);
    this.memberList.gone(userId);
  }

  /** Invites that cannot be had now are had with the next look: whenever the line is back everything is loaded anew. */
  private lookAtInvites(): void {
    this.loadInvites().catch(() => {});
  }

  private async loadInvites(): Promise<void> {
    const { api, session, role } = this.parts;
    if (may(role.get(), 'invites.manage')) await this.inviteList.load(() => api.invites(session));
  }

  private read(): void {
    const { awareness } = this.parts;
    const before = this.hereStore.get();
    const people: Person[] = [];
    for (const [client, state] of awareness.getStates()) {
      const person = client === awareness.clientID ? this.myself() : this.person(client, state);
      if (person) people.push(before.find((known) => same(known, person)) ?? person);
    }
    people.sort((a, b) => Number(b.me) - Number(a.me) || a.user.name.localeCompare(b.user.name) || a.client - b.client);
    if (people.length !== before.length || people.some((person, index) => person !== before[index])) this.hereStore.set(people);
  }

  private myself(): Person {
    const { me, role, awareness } = this.parts;
    const { selected, together, hands, alone, following } = awarenessSchema.parse(this.told);
    return {
      client: awareness.clientID,
      user: me,
      role: role.get(),
      selected: selected ?? null,
      together: together ?? true,
      alone: alone ?? null,
      following: following ?? null,
      hands: targetsOf(hands),
      me: true,
    };
  }

  /** Null for an entry that doesn't say who it is: the service writes that into each before it passes it on. */
  private person(client: number, state: unknown): Person | null {
    const parsed = awarenessSchema.safeParse(state);
    if (!parsed.success || !parsed.data.user) return null;
    const { user, role, selected, together, hands, alone, following } = parsed.data;
    const known = roleSchema.safeParse(role);
    return {
      client,
      user,
      role: known.success ? known.data : 'listener',
      selected: selected ?? null,
      together: together ?? true,
      alone: alone ?? null,
      following: following ?? null,
      hands: targetsOf(hands),
      me: false,
    };
  }
}
