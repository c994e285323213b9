import type { Kysely } from 'kysely';
import { may, type Permission, type Role } from '../../lib/access';
import { forbidden, notFound } from '../http/problem';
import type { Database } from '../sql/database';
import { sessionRows } from './repository';

/** Who may do what in which session: the one door that every service asks. */
export interface Access {
  /** Null when the session does not exist, is deleted, or this person is no member of it. */
  roleOf(sessionId: string, userId: string): Promise<Role | null>;
  /** The roles of all members of a session, by their ids; none where it is deleted. */
  rolesIn(sessionId: string): Promise<ReadonlyMap<string, Role>>;
  /** The role, if it has the permission. Refuses with 404 who is no member, with 403 a member whose role does not allow it. */
  demand(sessionId: string, userId: string, permission: Permission): Promise<Role>;
}

const NEEDS: Readonly<Record<Permission, string>> = {
  'session.read': 'see this session',
  'session.edit': 'change the title and settings of this session',
  'session.delete': 'delete this session',
  'session.copy': 'copy this session',
  'mix.write': 'change the mix',
  'stems.write': 'add or remove stems',
  'invites.manage': 'make or revoke invites',
  'members.manage': 'change what others may do',
  'comments.write': 'comment',
  'comments.moderate': 'approve or remove the comments of others',
  'comments.suggest': 'suggest comments',
  'votes.write': 'vote',
  'transport.control': 'play, stop or move for everybody',
  talk: 'talk or write in the chat',
  'snapshots.write': 'keep snapshots',
};

export function createAccess(kysely: Kysely<Database>): Access {
  const { role: roleOf, roles: rolesIn } = sessionRows(kysely);
  return {
    roleOf,
    rolesIn,
    async demand(sessionId, userId, permission) {
      const role = await roleOf(sessionId, userId);
      if (role === null) throw notFound();
      if (!may(role, permission)) throw forbidden(`As ${role} you may not ${NEEDS[permission]}.`);
      return role;
    },
  };
}
