import { createHash, randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Role } from '../../lib/access';
import type { CreatedInvite, Invite, InvitePreview, User } from '../../lib/protocol';
import { newId } from '../../lib/std';
import type { Config } from '../config';
import { notFound, Refusal } from '../http/problem';
import { type People, somebody } from '../people/service';
import type { Access } from '../sessions/access';
import type { Database, InvitesTable } from '../sql/database';
import { holdSession } from '../sql/holding';
import { inviteRows } from './repository';

interface Joining {
  /** Makes someone a member or raises their role; false when they had as much. Refuses when the session is full. */
  join(transaction: Transaction<Database>, sessionId: string, userId: string, role: Role): Promise<boolean>;
  /** Tells the session about them. */
  told(sessionId: string, userId: string): Promise<unknown>;
}

export interface InviteNeeds {
  readonly kysely: Kysely<Database>;
  readonly access: Access;
  readonly people: People;
  readonly joining: Joining;
  readonly config: Pick<Config, 'MAX_INVITES'>;
  readonly now: () => number;
}

export interface InviteWish {
  readonly role: 'mixer' | 'commenter' | 'listener';
  readonly expiresInHours?: number | undefined;
  readonly maxUses?: number | undefined;
}

/** 256 random bits. */
const newToken = (): string => randomBytes(32).toString('base64url');
const hashed = (token: string): string => createHash('sha256').update(token).digest('hex');

export function createInvites({ kysely, access, people, joining, config, now }: InviteNeeds) {
  const rows = inviteRows(kysely);

  /** The invite of this token if it can be used now. Expired, revoked and used-up ones say so: who has the token knows of it. */
  async function usable(token: string) {
    const row = await rows.byToken(hashed(token));
    if (row === undefined) throw new Refusal(404, 'This invite does not exist. Ask whoever sent it for the whole link.');
    if (row.revoked_at !== null) throw new Refusal(410, 'This invite was taken back. Ask for a new one.');
    if (row.expires_at !== null && row.expires_at <= now()) throw new Refusal(410, 'This invite has expired. Ask for a new one.');
    return row;
  }
  const usedUp = () => new Refusal(410, 'This invite has been used as often as it may be. Ask for a new one.');
  const isUsedUp = (row: InvitesTable) => row.max_uses !== null && row.uses >= row.max_uses;

  return {
    async create(user: User, sessionId: string, wish: InviteWish, publicUrl: string): Promise<CreatedInvite> {
      await access.demand(sessionId, user.id, 'invites.manage');
      const token = newToken();
      const row: InvitesTable = {
        id: newId(),
        session_id: sessionId,
        role: wish.role,
        token_hash: hashed(token),
        created_by: user.id,
        created_at: now(),
        expires_at: wish.expiresInHours === undefined ? null : now() + Math.floor(wish.expiresInHours * 3_600_000),
        max_uses: wish.maxUses ?? null,
        uses: 0,
        revoked_at: null,
      };
      await kysely.transaction().execute(async (transaction) => {
        const inside = inviteRows(transaction);
        await holdSession(transaction, sessionId);
        if ((await inside.inForce(sessionId, now())).length >= config.MAX_INVITES) {
          throw new Refusal(409, `This session has ${config.MAX_INVITES} invites in force, which is the limit. Revoke one first.`);
        }
        await inside.insert(row);
      });
      return { ...described(row, user), token, url: `${publicUrl}/invite#${token}` };
    },
    async list(user: User, sessionId: string): Promise<Invite[]> {
      await access.demand(sessionId, user.id, 'invites.manage');
      const found = await rows.inForce(sessionId, now());
      const names = await people.named(
        found.map((row) => row.created_by),
        sessionId,
      );
      return found.map((row) => described(row, names.get(row.created_by) ?? somebody(row.created_by)));
    },
    async revoke(user: User, sessionId: string, inviteId: string): Promise<void> {
      await access.demand(sessionId, user.id, 'invites.manage');
      if (!(await rows.revoke(sessionId, inviteId, now()))) throw notFound();
    },
    async look(token: string): Promise<InvitePreview> {
      const row = await usable(token);
      if (isUsedUp(row)) throw usedUp();
      const by = (await people.named([row.created_by])).get(row.created_by) ?? somebody(row.created_by);
      return { sessionTitle: row.title, role: row.role, invitedBy: by.name };
    },
    /** Refuses as `redeem` would, before a guest is made for nothing. */
    async check(token: string): Promise<void> {
      if (isUsedUp(await usable(token))) throw usedUp();
    },
    /**
     * Lets the person in. A role is never lowered, and who already has as much joins again without a use being counted.
     */
    async redeem(user: User, token: string): Promise<{ readonly sessionId: string; readonly role: Role }> {
      const invite = await usable(token);
      const sessionId = invite.session_id;
      const joined = await kysely.transaction().execute(async (transaction) => {
        if (!(await joining.join(transaction, sessionId, user.id, invite.role))) return false;
        if (!(await inviteRows(transaction).use(invite.id))) throw usedUp();
        return true;
      });
      if (joined) await joining.told(sessionId, user.id);
      return { sessionId, role: (await access.roleOf(sessionId, user.id)) ?? invite.role };
    },
  };
}
export type Invites = ReturnType<typeof createInvites>;

function described(row: InvitesTable, createdBy: User): Invite {
  return {
    id: row.id,
    role: row.role,
    createdAt: row.created_at,
    createdBy,
    expiresAt: row.expires_at,
    maxUses: row.max_uses,
    uses: row.uses,
  };
}
