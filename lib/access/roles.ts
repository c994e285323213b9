/** From most to least. */
export const ROLES = ['owner', 'mixer', 'commenter', 'listener'] as const;
export type Role = (typeof ROLES)[number];

const PERMISSIONS = [
  'session.read',
  'session.edit',
  'session.delete',
  'session.copy',
  'mix.write',
  'stems.write',
  'invites.manage',
  'members.manage',
  'comments.write',
  'comments.moderate',
  'comments.suggest',
  'votes.write',
  'transport.control',
  'talk',
  'snapshots.write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const LISTENER: readonly Permission[] = ['session.read', 'comments.suggest'];
const COMMENTER: readonly Permission[] = [...LISTENER, 'comments.write', 'votes.write', 'transport.control', 'talk'];
const MIXER: readonly Permission[] = [...COMMENTER, 'mix.write', 'stems.write', 'snapshots.write', 'comments.moderate', 'session.copy'];

/**
 * The one table of who may do what. `comments.suggest` lets a listener leave a comment, where the owner allows it, which
 * then waits for approval; `comments.write` publishes at once. `talk` is to speak and to write in the chat; who may read hears and
 * reads it.
 */
const ACCESS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: PERMISSIONS,
  mixer: MIXER,
  commenter: COMMENTER,
  listener: LISTENER,
};

export function may(role: Role, permission: Permission): boolean {
  return ACCESS[role].includes(permission);
}
