import { may, type Role } from '../../lib/access';

/** Everybody who has the session open. */
export const everybody = (sessionId: string): string => `session:${sessionId}`;
/** Those who see comments that wait for approval. */
export const moderators = (sessionId: string): string => `moderators:${sessionId}`;
/** Those whom voices reach. */
export const talkers = (sessionId: string): string => `talkers:${sessionId}`;
/** One person's connections to the session. */
export const person = (sessionId: string, userId: string): string => `person:${sessionId}:${userId}`;

/** The rooms of a connection: what a role may not see is never sent to it. */
export function roomsOf(sessionId: string, userId: string, role: Role): string[] {
  const seen = [everybody(sessionId), person(sessionId, userId)];
  return may(role, 'comments.moderate') ? [...seen, moderators(sessionId)] : seen;
}
