import type { Role } from '../access';
import type { Finding, LoudnessTarget, Profile, ProgrammeFigures } from '../analysis';
import type { Engine, MixCheck } from '../audio';
import type { Change, Mix, Records, StripComparison, StripId, Target } from '../mix';
import type {
  AlignmentRequest,
  Alone,
  Away,
  BlindLetter,
  ChatMessage,
  Comment,
  CommentRequest,
  CreatedInvite,
  Ears,
  HistoryEvent,
  Invite,
  Loop,
  Member,
  Notice,
  OwnBlindTest,
  SessionInfo,
  Snapshot,
  SongView,
  Stem,
  StemKind,
  User,
} from '../protocol';
import type { ReadableStore, Result } from '../std';
import type { OwnVoice } from '../talk';
import type { EarsFinding, EarsVerdict } from './ears/compare';
import type { Tour } from './learning/types';

export type * from './learning/types';

export type { EarsFinding, OwnVoice };

/** Someone who is here now, one entry for each open page. */
export interface Person {
  readonly client: number;
  readonly user: User;
  readonly role: Role;
  readonly selected: StripId | null;
  readonly together: boolean;
  /** Where the song is for a page that is on its own, where it tells. */
  readonly alone: Alone | null;
  /** The page that this one follows, by its `client`. */
  readonly following: number | null;
  /** The controls this person's hand is on. */
  readonly hands: readonly Target[];
  /** True for this very page. */
  readonly me: boolean;
}

/** What one page that is here hears. */
export interface PersonEars {
  readonly person: Person;
  /** What it says of itself; null for a program that does not. */
  readonly ears: Ears | null;
  /** By what it differs, where that has stood for some seconds; empty where it hears what the others hear. */
  readonly findings: readonly EarsFinding[];
  readonly verdict: EarsVerdict;
}

/** Going along with somebody: their selection, playback and what they have in sight. Any own action of that kind ends it. */
export interface Following {
  /** Whom I follow. */
  readonly leader: ReadableStore<Person | null>;
  /** Who follows me. */
  readonly followers: ReadableStore<readonly Person[]>;
  /** What the one I follow has in sight. */
  readonly view: ReadableStore<SongView | null>;
  follow(client: number): void;
  leave(): void;
  /** Tells the others what I have in sight. */
  show(view: SongView): void;
}

/** How safe the work is. `kept` counts changes that only this browser holds as yet. */
export type SaveState =
  | { readonly state: 'saved' }
  | { readonly state: 'saving'; readonly kept: number }
  | { readonly state: 'offline'; readonly kept: number }
  /** The service refused us or the change; `why` is a sentence for the user, `retry` whether trying again can help. */
  | { readonly state: 'refused'; readonly why: string; readonly retry: boolean; readonly kept: number };

/**
 * One hand on one or more controls from grab to release: shown to the others as it moves, kept as one change.
 * After `release` or `cancel` further calls do nothing.
 */
export interface Gesture {
  /** New values, one for each target, in the order of the grab. */
  move(...values: number[]): void;
  release(): void;
  /** Puts everything back as it was at the grab. */
  cancel(): void;
}

/**
 * What a hand on a strip's control does while the song plays: nothing lasting where a lane leads (read); it writes the lane while it
 * is on it (touch), and on until the song stops (latch), for every lane of the strip from the start on (write). Mine alone.
 */
export type WritingMode = 'read' | 'touch' | 'latch' | 'write';

/** The controls of the desk as the page uses them. */
export interface Desk {
  /** The kept mix, converged, without anybody's moving hand. Replaced (never mutated) on change; unchanged parts keep their identity. */
  readonly mix: ReadableStore<Mix>;
  /** False for commenters and listeners. */
  readonly writable: ReadableStore<boolean>;
  /** A control's value as heard now: with own and others' moving hands. One store for each target, cached. */
  value(target: Target): ReadableStore<number>;
  /** Who else holds this control now; null when nobody. One store for each target, cached. */
  hand(target: Target): ReadableStore<Person | null>;
  /** Takes hold of controls; an error says who has one of them, or that this role only listens. */
  grab(targets: readonly Target[]): Result<Gesture, string>;
  /** Sets values at once as one gesture (typed, reset, toggled). */
  set(...moves: readonly (readonly [Target, number])[]): Result<void, string>;
  /** Applies a command's changes as one undoable gesture. */
  apply(changes: readonly Change[]): Result<void, string>;
  /** How this page writes the automation of a strip. One store for each, cached. */
  writingMode(strip: StripId): ReadableStore<WritingMode>;
  setWritingMode(strip: StripId, mode: WritingMode): void;
  /** Where a control's lane has it at this very moment; null where no lane moves it now. Cheap: call it every frame. */
  led(target: Target): number | null;
  /** The last thing that could not be kept, such as a pass in a full lane; a new one each time. */
  readonly notice: ReadableStore<Notice | null>;
  readonly canUndo: ReadableStore<boolean>;
  readonly canRedo: ReadableStore<boolean>;
  /** Takes back my last gesture; never another person's. */
  undo(): void;
  redo(): void;
}

/** Transport as the page uses it: for all in *Together*, for me alone otherwise. Positions in seconds. */
export interface Transport {
  readonly playing: ReadableStore<boolean>;
  readonly loop: ReadableStore<Loop | null>;
  readonly together: ReadableStore<boolean>;
  /** Whether the line stands on which all in *Together* hear of each other. */
  readonly connected: ReadableStore<boolean>;
  /** How exactly this machine follows the others, in milliseconds; null before it is known, and without a line. */
  readonly exactness: ReadableStore<number | null>;
  /** Where the sound that is heard now is in the song. Cheap: call it every frame. */
  position(): number;
  /** The first call must come from a user's gesture, for browsers start no sound without one. */
  play(): void;
  stop(): void;
  seek(position: number): void;
  setLoop(loop: Loop | null): void;
  setTogether(together: boolean): void;
  /** Where the song is now for a page that is on its own, seconds. Cheap: call it every frame. */
  positionOf(alone: Alone): number;
}

/** What somebody writes, and whom it calls by name. */
export type Words = Pick<CommentRequest, 'body' | 'mentions'>;

export interface Comments {
  readonly list: ReadableStore<readonly Comment[]>;
  /** Until when I have seen all, in the service's milliseconds. */
  readonly readAt: ReadableStore<number>;
  /** What I have not seen yet: comments of others, and comments with replies of others. */
  readonly unread: ReadableStore<ReadonlySet<string>>;
  /** I have seen everything that there is. */
  markRead(): Promise<void>;
  /** `mentions` are the ids of members who are called by `@name` in the words. */
  add(comment: CommentRequest): Promise<Comment>;
  reply(id: string, words: Words): Promise<void>;
  edit(id: string, words: Words): Promise<void>;
  remove(id: string): Promise<void>;
  editReply(id: string, replyId: string, words: Words): Promise<void>;
  removeReply(id: string, replyId: string): Promise<void>;
  resolve(id: string, resolved: boolean): Promise<void>;
  approve(id: string): Promise<void>;
  /**
   * Carries out what a comment suggests as one gesture of mine, which can be taken back, and resolves the thread. An error says why
   * nothing was changed.
   */
  accept(comment: Comment): Promise<Result<void, string>>;
  decline(id: string): Promise<void>;
  /** What of a comment I alone hear now, or can switch to; null when nothing. */
  readonly hearing: ReadableStore<CommentHearing | null>;
  /** Lets me alone hear what a comment suggests, at the loudness of the mix. An error says why it cannot be heard. */
  hearSuggestion(comment: Comment): Result<void, string>;
  /** Lets me alone hear the mix that a comment spoke of, from its moment on, apart from the others. From a user's gesture. */
  hearAsItWas(comment: Comment): Promise<void>;
  /** Switches between that and the mix of now, without a gap. */
  switchHearing(on: boolean): void;
  /** Back to the mix of now, and to the others. */
  endHearing(): void;
}

export interface CommentHearing {
  readonly comment: string;
  readonly what: 'suggestion' | 'as it was';
  /** False while the mix of now is heard for comparison. */
  readonly on: boolean;
}

/** Kept states of the mix. */
export interface Versions {
  /** The newest first. */
  readonly list: ReadableStore<readonly Snapshot[]>;
  /** Keeps the mix as it is now. Rejects with a sentence, also while something is not saved yet. */
  save(name: string, note?: string): Promise<Snapshot>;
  change(id: string, change: { readonly name?: string; readonly note?: string }): Promise<void>;
  remove(id: string): Promise<void>;
  /**
   * Brings the mix back to a version as one gesture of mine, which can be taken back; or only how some strips sound. What has come
   * since stays. An error says why nothing was changed.
   */
  recall(id: string, strips?: ReadonlySet<StripId>): Promise<Result<void, string>>;
  /** Offers these versions, four at most, to be heard in place of the mix, equally loud; none ends that. */
  compare(ids: readonly string[]): Promise<void>;
  /** Lets me alone hear a version, and offers it beside what is compared already. */
  hear(id: string): Promise<void>;
  /** What differs from one version to another, by strip; null for the shared mix as it is now. */
  differences(from: string | null, to: string | null): Promise<readonly StripComparison[]>;
}

/** Another mix that can be heard. */
export interface Alternative {
  readonly id: string;
  readonly name: string;
  /** A whole mix; or changes over the shared one, which goes on underneath. */
  readonly mix: { readonly records: Records } | { readonly changes: readonly Change[] };
}

export interface Comparing {
  /** Brought to the same loudness; true where absent. */
  readonly matched?: boolean;
  /** Whether the shared mix and my draft are matched with the others; `all` where absent. */
  readonly among?: 'all' | 'others';
}

/** How far the mixes that are compared have come to the same loudness. */
export type Match =
  | { readonly state: 'off' }
  | { readonly state: 'measuring'; readonly done: number }
  /** By what is heard: LUFS over the loop or the whole song, and the dB by which it is turned down. */
  | { readonly state: 'matched'; readonly loudness: ReadonlyMap<string, number>; readonly gains: ReadonlyMap<string, number> }
  | { readonly state: 'failed'; readonly why: string };

/**
 * What this page alone hears, and shows, in place of the shared mix: through the same plan and desk, sent to nobody and kept nowhere.
 * What is heard so cannot be changed, but for my draft.
 */
export interface Audition {
  /** What can be heard beside the mix and my draft. */
  readonly others: ReadableStore<readonly Alternative[]>;
  /** `MIX`, `DRAFT` or the id of one of the others. */
  readonly heard: ReadableStore<string>;
  /** Offers others in place of those before; none ends the comparison. What is heard stays where it is still there. */
  compare(others: readonly Alternative[], how?: Comparing): void;
  /** Switches without a gap; what is not there is the shared mix. */
  hear(id: string): void;
  readonly matched: ReadableStore<boolean>;
  setMatched(matched: boolean): void;
  readonly match: ReadableStore<Match>;
  /** Lets me hear changes over the shared mix, unmatched, until the result is called. */
  hold(changes: readonly Change[]): () => void;
}

/** What is wrong with the mix that is heard, measured from its sound, and how to mend it. */
export interface Check {
  /** What is known by now; kept up only while somebody watches. */
  readonly state: ReadableStore<MixCheck>;
  /** Measures until the result is called. What has been measured stays known. */
  watch(): () => void;
  /** What levels of parts are held against, and what the mix as a whole is. */
  readonly profile: ReadableStore<Profile>;
  setProfile(id: string): void;
  readonly target: ReadableStore<LoudnessTarget>;
  setTarget(target: LoudnessTarget): void;
  /** Findings that are left as they are, by id; on this page. */
  readonly setAside: ReadableStore<ReadonlySet<string>>;
  leave(id: string, left: boolean): void;
  /** The finding whose fix is heard now, by id. */
  readonly auditioned: ReadableStore<string | null>;
  /** Lets me alone hear the mix with a finding's fix, as loud as without; null ends that. */
  hear(finding: Finding | null): void;
  /** Applies the fix for all, as one gesture of mine. */
  mend(finding: Finding): Result<void, string>;
}

/** By how much mix and reference are turned down so that both are equally loud. */
export type ReferenceMatch =
  | { readonly state: 'off' }
  /** The mix or the reference is being measured; until then the reference is kept soft. */
  | { readonly state: 'measuring' }
  /** Integrated over what is compared, LUFS, and what each is turned down by, dB. */
  | {
      readonly state: 'matched';
      readonly mix: number;
      readonly reference: number;
      readonly mixGain: number;
      readonly referenceGain: number;
    }
  | { readonly state: 'failed'; readonly why: string };

/** Finished songs to hold the mix against. What is heard is mine alone; where they lie beside the song is the same for everybody. */
export interface References {
  readonly list: ReadableStore<readonly Stem[]>;
  /** The one that is heard in place of the mix, by id; null for the mix. */
  readonly heard: ReadableStore<string | null>;
  /** The one that is compared: the last heard, or the first that can play. */
  readonly compared: ReadableStore<string | null>;
  /** Whether its sound is still on its way. */
  readonly late: ReadableStore<boolean>;
  /** Lets me alone hear a reference in place of the mix, equally loud and in time with the song; null for the mix. */
  hear(id: string | null): void;
  /** Chooses which one is compared; where one is heard already, it is this one then. */
  compare(id: string): void;
  readonly match: ReadableStore<ReferenceMatch>;
  /** The stretch of its own, seconds, in which a reference repeats while the song goes on; for me alone. */
  readonly loops: ReadableStore<ReadonlyMap<string, Loop>>;
  setLoop(id: string, loop: Loop | null): void;
  /** Where in the compared reference the song is now, seconds. Cheap: call it every frame. */
  position(): number;
  /** The mix as it is heard, and the compared reference, each over the stretch that is compared; null before it is measured. */
  readonly figures: ReadableStore<{ readonly mix: ProgrammeFigures | null; readonly reference: ProgrammeFigures | null }>;
  /** Loudness of the compared reference over its length, 0 to 1; null before it is measured. */
  readonly outline: ReadableStore<readonly number[] | null>;
  /** Where the compared reference changes, seconds: found in its sound. */
  readonly found: ReadableStore<readonly number[]>;
  /** Measures and matches until the result is called; afterwards only while a reference is heard. */
  watch(): () => void;
}

/** What people write to each other beside the song. */
export interface Chat {
  /** The oldest first. */
  readonly list: ReadableStore<readonly ChatMessage[]>;
  /** How many messages of others have come since somebody last watched on this browser. */
  readonly unread: ReadableStore<number>;
  /** Rejects with a sentence for the user. */
  say(message: { readonly body: string; readonly at?: number; readonly until?: number; readonly stripId?: string }): Promise<void>;
  remove(id: string): Promise<void>;
  /** What is there and what comes is read, until the result is called. */
  watch(): () => void;
}

export interface MicrophoneDevice {
  /** Empty for the system's choice. */
  readonly id: string;
  readonly name: string;
}

/** Voices of those who have the session open. */
export interface Voices {
  /** False where this browser has no voices. */
  readonly possible: boolean;
  readonly own: ReadableStore<OwnVoice>;
  /** Pages whose voices are open, by `Person.client`; mine too. */
  readonly speakers: ReadableStore<ReadonlySet<number>>;
  /** Opens my mouth until `stop`. An error says why nobody hears me. */
  speak(): Promise<Result<void, string>>;
  stop(): void;
  /** How loud a page's voice is now, 0 to 1; cheap: call it every frame. */
  level(client: number): number;
  readonly microphones: ReadableStore<readonly MicrophoneDevice[]>;
  readonly microphone: ReadableStore<string>;
  /** Looks again which microphones there are. Browsers tell their names only once one was used. */
  refresh(): Promise<void>;
  choose(microphone: string): void;
  /** By how much the music is turned down while somebody speaks, dB, −40 to 0; mine alone, remembered by the browser. */
  readonly dip: ReadableStore<number>;
  setDip(db: number): void;
}

export interface Draft {
  /** How many changes there are in it; null where there is no draft. */
  readonly changes: ReadableStore<number | null>;
  /** Begins one, or goes back to it: from now on I hear, and change, what only I hear. */
  open(): void;
  /** Puts what differs from the shared mix into it, as one gesture of mine. An error says why it could not. */
  publish(): Result<void, string>;
  /** What publishing would change, for a suggestion. */
  content(): readonly Change[];
  throwAway(): void;
}

/** Comparisons by the whole room. */
export interface BlindTests {
  /** The newest first. */
  readonly list: ReadableStore<readonly OwnBlindTest[]>;
  /** The one that this page takes part in; what it hears are its letters. Null for none. */
  readonly joined: ReadableStore<string | null>;
  /** Whether this page hears what somebody chooses for all, in a test for all together. */
  readonly following: ReadableStore<boolean>;
  setFollowing(following: boolean): void;
  /** `versions`: ids, or `MIX_OF_NOW`. Takes part in it at once. */
  begin(versions: readonly string[], together: boolean): Promise<void>;
  join(id: string): Promise<void>;
  leave(): void;
  /** Hears a letter; where all hear together, so do the others. */
  hear(letter: BlindLetter): Promise<void>;
  vote(letter: BlindLetter): Promise<void>;
  reveal(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface Upload {
  readonly id: string;
  readonly filename: string;
  /** A ZIP is unpacked in this browser; its files are sent as they come out. */
  readonly doing: 'sending' | 'unpacking';
  /** 0 to 1 of what has been sent, or unpacked. */
  readonly progress: number;
  readonly bytes: number;
  readonly error: string | null;
}

export interface Arriving {
  readonly files: number;
  readonly arrived: number;
  readonly progress: number;
}

export interface Stems {
  readonly list: ReadableStore<readonly Stem[]>;
  /** Finished songs beside them, which are no part of the mix. */
  readonly references: ReadableStore<readonly Stem[]>;
  /** Files on their way up from this page. */
  readonly uploads: ReadableStore<readonly Upload[]>;
  /** Of all files that are on their way, and of those that went with them: how many have arrived, and 0 to 1 of their bytes. Null when none is. */
  readonly arriving: ReadableStore<Arriving | null>;
  /** As stems unless said otherwise. */
  upload(files: readonly File[], kind?: StemKind): void;
  /** Says how a reference lies beside the song, for everybody. Rejects with a sentence for the user. */
  align(id: string, change: AlignmentRequest): Promise<void>;
  cancelUpload(id: string): void;
  remove(id: string): Promise<void>;
}

export interface People {
  readonly here: ReadableStore<readonly Person[]>;
  readonly members: ReadableStore<readonly Member[]>;
  readonly invites: ReadableStore<readonly Invite[]>;
  invite(request: { role: 'mixer' | 'commenter' | 'listener'; expiresInHours?: number; maxUses?: number }): Promise<CreatedInvite>;
  revoke(inviteId: string): Promise<void>;
  setRole(userId: string, role: Role): Promise<void>;
  remove(userId: string): Promise<void>;
}

/** Whose gestures are listed, on which strip and from when on; null for all. */
export interface HistoryFilter {
  readonly user: string | null;
  readonly strip: string | null;
  /** From when on, milliseconds since 1970. */
  readonly since: number | null;
}

export interface History {
  /** The newest first; null before they have come. Kept up only while somebody watches. */
  readonly list: ReadableStore<readonly HistoryEvent[] | null>;
  /** Where those before the listed ones begin; null where there are none. */
  readonly next: ReadableStore<string | null>;
  readonly filter: ReadableStore<HistoryFilter>;
  /** What others did while I was away; null when nothing, or once dismissed. */
  readonly away: ReadableStore<Away | null>;
  dismissAway(): void;
  /** Fetches the list and keeps it up until the result is called. */
  watch(): () => void;
  setFilter(filter: HistoryFilter): void;
  /** Fetches those before. */
  older(): Promise<void>;
  /** Takes a gesture back, for all. Rejects where somebody has changed the same since, unless forced. */
  takeBack(id: string, force: boolean): Promise<void>;
  /** Whether a gesture moved controls, so that it can be heard. */
  canAudition(event: HistoryEvent): boolean;
  /** Lets me alone hear the controls of a gesture as they were before or after it, until the result is called. */
  audition(event: HistoryEvent, moment: 'before' | 'after'): () => void;
}

/**
 * An open session: everything the session page works with. Made by `openSession`; `close()` frees all of it.
 * Failed calls reject with `ApiProblem`, whose message is a sentence for the user.
 */
export interface OpenSession {
  readonly id: string;
  readonly me: User;
  readonly info: ReadableStore<SessionInfo>;
  readonly role: ReadableStore<Role>;
  readonly saved: ReadableStore<SaveState>;
  readonly desk: Desk;
  readonly transport: Transport;
  readonly comments: Comments;
  readonly history: History;
  readonly versions: Versions;
  readonly audition: Audition;
  readonly check: Check;
  readonly tour: Tour;
  readonly references: References;
  readonly draft: Draft;
  readonly blindTests: BlindTests;
  readonly stems: Stems;
  readonly chat: Chat;
  readonly voices: Voices;
  readonly people: People;
  readonly following: Following;
  /** Who hears what: everybody here, with what each page really plays. */
  readonly ears: ReadableStore<readonly PersonEars[]>;
  /** The newest notice, to be shown as a toast. */
  readonly notice: ReadableStore<Notice | null>;
  /** The strip whose channel view is open; shown to the others. Kept per page. */
  readonly selected: ReadableStore<StripId | null>;
  select(strip: StripId | null): void;
  readonly engine: Engine;
  rename(title: string): Promise<void>;
  /** Whether listeners may leave comments, each waiting for approval. Owners only. */
  letListenersComment(allowed: boolean): Promise<void>;
  /**
   * Forgets the changes that only this browser holds; the way back from `refused` where `retry` is true. The session must be
   * closed and opened again afterwards.
   */
  giveUpKept(): Promise<void>;
  close(): void;
}
