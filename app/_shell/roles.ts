import type { Role } from '../../lib/access';

/** What each role may do, in the words of the table in `lib/access`. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: 'may do everything',
  mixer: 'moves the mix, adds stems, comments',
  commenter: 'comments and controls playback',
  listener: 'hears and looks',
};

export const ROLE_CHOICES = (['mixer', 'commenter', 'listener'] as const).map((role) => ({
  value: role,
  label: `${role[0]?.toUpperCase()}${role.slice(1)} – ${ROLE_WORDS[role]}`,
}));
