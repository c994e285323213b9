import { z } from 'zod';
import type { Role } from '../../access';
import { stemManifestSchema } from '../../media';
import {
  type AlignmentRequest,
  awaySchema,
  type BlindLetter,
  binnedSchema,
  blindMixSchema,
  type CommentRequest,
  chatMessage,
  commentSchema,
  commentsReadSchema,
  type createBlindTestRequest,
  createdInviteSchema,
  type createSnapshotRequest,
  type duplicateRequest,
  type HistoryQuery,
  historyEventSchema,
  historySchema,
  invitePreviewSchema,
  type inviteRequest,
  inviteSchema,
  memberSchema,
  meSchema,
  ownBlindTestSchema,
  pastMixSchema,
  type patchSessionRequest,
  type patchSnapshotRequest,
  redeemedSchema,
  type replyRequest,
  replySchema,
  sessionSchema,
  snapshotSchema,
  stemSchema,
  userSchema,
  wholeSnapshotSchema,
} from '../../protocol';
import { createAccountApi } from './account';
import type { Request } from './request';

const nothing = z.unknown().transform(() => undefined);
const guestSchema = z.object({ user: userSchema });
const sessionPath = (session: string, ...rest: readonly string[]) => ['/api/sessions', session, ...rest].map(encode).join('/');
const encode = (part: string) => (part.startsWith('/') ? part : encodeURIComponent(part));

const search = (query: object) => `?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`;

type Words = z.input<typeof replyRequest>;

/** Every call of the HTTP API that pages make. All reject with `ApiProblem`. */
export function createApi(request: Request) {
  return {
    ...createAccountApi(request),
    me: () => request('GET', '/api/me', meSchema),
    createGuest: (name: string) => request('POST', '/api/guests', guestSchema, { name }),
    sessions: () => request('GET', '/api/sessions', z.array(sessionSchema)),
    session: (id: string) => request('GET', sessionPath(id), sessionSchema),
    createSession: (title: string) => request('POST', '/api/sessions', sessionSchema, { title }),
    changeSession: (id: string, change: z.input<typeof patchSessionRequest>) => request('PATCH', sessionPath(id), sessionSchema, change),
    removeSession: (id: string) => request('DELETE', sessionPath(id), nothing),
    duplicateSession: (id: string, wish: z.input<typeof duplicateRequest>) =>
      request('POST', sessionPath(id, 'duplicate'), sessionSchema, wish),
    archiveSession: (id: string, archived: boolean) => request('POST', sessionPath(id, 'archive'), sessionSchema, { archived }),
    /** Deleted sessions of mine that can still be brought back. */
    bin: () => request('GET', '/api/bin', z.array(binnedSchema)),
    restoreSession: (id: string) => request('POST', `/api/bin/${encode(id)}/restore`, sessionSchema),
    eraseSession: (id: string) => request('DELETE', `/api/bin/${encode(id)}`, nothing),
    openDemo: () => request('POST', '/api/demo', sessionSchema),
    /** What an invite offers, before anyone joins. */
    lookInvite: (token: string) => request('POST', '/api/invites/look', invitePreviewSchema, { token }),
    /** Joins; `name` is for those who have none yet. */
    redeemInvite: (token: string, name?: string) =>
      request('POST', '/api/invites/redeem', redeemedSchema, { token, ...(name === undefined ? {} : { name }) }),

    members: (id: string) => request('GET', sessionPath(id, 'members'), z.array(memberSchema)),
    setRole: (id: string, user: string, role: Role) => request('PATCH', sessionPath(id, 'members', user), nothing, { role }),
    removeMember: (id: string, user: string) => request('DELETE', sessionPath(id, 'members', user), nothing),
    invites: (id: string) => request('GET', sessionPath(id, 'invites'), z.array(inviteSchema)),
    invite: (id: string, invite: z.input<typeof inviteRequest>) => request('POST', sessionPath(id, 'invites'), createdInviteSchema, invite),
    revokeInvite: (id: string, invite: string) => request('DELETE', sessionPath(id, 'invites', invite), nothing),

    stems: (id: string) => request('GET', sessionPath(id, 'stems'), z.array(stemSchema)),
    removeStem: (id: string, stem: string) => request('DELETE', sessionPath(id, 'stems', stem), nothing),
    alignReference: (id: string, stem: string, change: AlignmentRequest) =>
      request('PATCH', sessionPath(id, 'stems', stem), stemSchema, change),
    manifest: (url: string) => request('GET', url, stemManifestSchema),

    history: (id: string, query: HistoryQuery) => request('GET', `${sessionPath(id, 'history')}${search(query)}`, historySchema),
    away: (id: string) => request('GET', sessionPath(id, 'history', 'away'), awaySchema),
    takeBack: (id: string, event: string, force: boolean) =>
      request('POST', sessionPath(id, 'history', event, 'take-back'), historyEventSchema, { force }),
    snapshots: (id: string) => request('GET', sessionPath(id, 'snapshots'), z.array(snapshotSchema)),
    snapshot: (id: string, snapshot: string) => request('GET', sessionPath(id, 'snapshots', snapshot), wholeSnapshotSchema),
    saveSnapshot: (id: string, wish: z.input<typeof createSnapshotRequest>) =>
      request('POST', sessionPath(id, 'snapshots'), snapshotSchema, wish),
    changeSnapshot: (id: string, snapshot: string, change: z.input<typeof patchSnapshotRequest>) =>
      request('PATCH', sessionPath(id, 'snapshots', snapshot), snapshotSchema, change),
    removeSnapshot: (id: string, snapshot: string) => request('DELETE', sessionPath(id, 'snapshots', snapshot), nothing),

    chat: (id: string) => request('GET', sessionPath(id, 'chat'), z.array(chatMessage)),
    blindTests: (id: string) => request('GET', sessionPath(id, 'blind-tests'), z.array(ownBlindTestSchema)),
    beginBlindTest: (id: string, wish: z.input<typeof createBlindTestRequest>) =>
      request('POST', sessionPath(id, 'blind-tests'), ownBlindTestSchema, wish),
    blindMix: (id: string, test: string, letter: BlindLetter) =>
      request('GET', sessionPath(id, 'blind-tests', test, 'mixes', letter), blindMixSchema),
    hearBlind: (id: string, test: string, letter: BlindLetter) =>
      request('POST', sessionPath(id, 'blind-tests', test, 'hear'), ownBlindTestSchema, { letter }),
    voteBlind: (id: string, test: string, letter: BlindLetter) =>
      request('PUT', sessionPath(id, 'blind-tests', test, 'vote'), ownBlindTestSchema, { letter }),
    revealBlind: (id: string, test: string) => request('POST', sessionPath(id, 'blind-tests', test, 'reveal'), ownBlindTestSchema),
    removeBlind: (id: string, test: string) => request('DELETE', sessionPath(id, 'blind-tests', test), nothing),

    comments: (id: string) => request('GET', sessionPath(id, 'comments'), z.array(commentSchema)),
    comment: (id: string, comment: CommentRequest) => request('POST', sessionPath(id, 'comments'), commentSchema, comment),
    editComment: (id: string, comment: string, words: Words) => request('PATCH', sessionPath(id, 'comments', comment), nothing, words),
    commentsRead: (id: string, through: number) => request('POST', sessionPath(id, 'comments', 'read'), commentsReadSchema, { through }),
    /** The mix that a comment spoke of. */
    commentMix: (id: string, comment: string) => request('GET', sessionPath(id, 'comments', comment, 'mix'), pastMixSchema),
    decide: (id: string, comment: string, accepted: boolean) =>
      request('POST', sessionPath(id, 'comments', comment, 'decide'), commentSchema, { accepted }),
    removeComment: (id: string, comment: string) => request('DELETE', sessionPath(id, 'comments', comment), nothing),
    replyTo: (id: string, comment: string, words: Words) =>
      request('POST', sessionPath(id, 'comments', comment, 'replies'), replySchema.or(commentSchema), words),
    editReply: (id: string, comment: string, reply: string, words: Words) =>
      request('PATCH', sessionPath(id, 'comments', comment, 'replies', reply), nothing, words),
    removeReply: (id: string, comment: string, reply: string) =>
      request('DELETE', sessionPath(id, 'comments', comment, 'replies', reply), nothing),
    resolve: (id: string, comment: string, resolved: boolean) =>
      request('POST', sessionPath(id, 'comments', comment, 'resolve'), nothing, { resolved }),
    approve: (id: string, comment: string) => request('POST', sessionPath(id, 'comments', comment, 'approve'), nothing),
  };
}

export type Api = ReturnType<typeof createApi>;
