import type { Generated } from 'kysely';
import type { Role } from '../../lib/access';

/** Every table, for SQLite and PostgreSQL alike: times are milliseconds, booleans 0 or 1, JSON is text. */
export interface Database {
  user: UserTable;
  sessions: SessionsTable;
  members: MembersTable;
  invites: InvitesTable;
  comments: CommentsTable;
  replies: RepliesTable;
  stems: StemsTable;
  stem_jobs: StemJobsTable;
  updates: UpdatesTable;
  snapshots_of_updates: SnapshotsOfUpdatesTable;
  resting_places: RestingPlacesTable;
  service_secrets: ServiceSecretsTable;
  uploads: UploadsTable;
  upload_parts: UploadPartsTable;
  history: HistoryTable;
  visits: VisitsTable;
  snapshots: SnapshotsTable;
  chat: ChatTable;
  blind_tests: BlindTestsTable;
  blind_votes: BlindVotesTable;
}

/** Kept by better-auth, read by us. Its other tables (`session`, `account`, `verification`) are its own business. */
interface UserTable {
  id: string;
  name: string;
  /** True (1 in SQLite) for guests. */
  isAnonymous: boolean | number | null;
  /** The colour by which they want to be known; null for that of their id. */
  color: number | null;
}

export interface SnapshotsTable {
  id: string;
  session_id: string;
  name: string;
  note: string;
  author_id: string;
  created_at: number;
  /** The records of the document as JSON, deflated. */
  records: Uint8Array;
}

export interface ChatTable {
  id: string;
  session_id: string;
  author_id: string;
  body: string;
  at_seconds: number | null;
  until_seconds: number | null;
  strip_id: string | null;
  created_at: number;
}

export interface BlindTestsTable {
  id: string;
  session_id: string;
  author_id: string;
  created_at: number;
  together: number;
  /** The letter that everybody hears. */
  heard: string | null;
  revealed_at: number | null;
  /** What the letters are, in their order: JSON. */
  versions: string;
  /** Their records, in the same order: JSON, deflated. */
  mixes: Uint8Array;
}

export interface BlindVotesTable {
  test_id: string;
  user_id: string;
  letter: string;
}

export interface SessionsTable {
  id: string;
  title: string;
  owner_id: string;
  demo: number;
  listeners_may_comment: number;
  created_at: number;
  changed_at: number;
  deleted_at: number | null;
}

export interface MembersTable {
  session_id: string;
  user_id: string;
  role: Role;
  joined_at: number;
  /** One of the colours of people, by which the others in the session know them. */
  color: number;
  /** Until when this member has seen all comments; null for since they joined. */
  comments_read_at: number | null;
  /** When this member has put the session away; null while it stands among theirs. */
  archived_at: number | null;
}

export interface InvitesTable {
  id: string;
  session_id: string;
  role: Role;
  /** SHA-256 of the token, hex. The token itself is kept nowhere. */
  token_hash: string;
  created_by: string;
  created_at: number;
  expires_at: number | null;
  max_uses: number | null;
  uses: number;
  revoked_at: number | null;
}

export interface CommentsTable {
  id: string;
  session_id: string;
  author_id: string;
  body: string;
  at_seconds: number;
  until_seconds: number | null;
  strip_id: string | null;
  parameter: string | null;
  status: 'pending' | 'published' | 'resolved';
  created_at: number;
  edited_at: number | null;
  /** The ids of those whom it mentions, as JSON; null for nobody. */
  mentions: string | null;
  /** The log's row with which the last gesture before it began: the mix that it spoke of. */
  mix_sequence: number | null;
  /** What it suggests, as JSON. */
  suggestion: string | null;
  /** Since when others may see it. */
  shown_at: number;
}

export interface RepliesTable {
  id: string;
  comment_id: string;
  author_id: string;
  body: string;
  created_at: number;
  edited_at: number | null;
  mentions: string | null;
}

export interface StemsTable {
  id: string;
  session_id: string;
  name: string;
  filename: string;
  status: 'receiving' | 'processing' | 'ready' | 'failed';
  progress: number;
  error: string | null;
  /** What was done to the sound, as sentences; null where it was kept as it is. */
  note: string | null;
  frames: number | null;
  channels: number | null;
  sample_rate: number | null;
  loudness: number | null;
  /** Where the content lies among the blobs; shared by copies of a session. */
  content_id: string | null;
  /** Bytes of the original. */
  bytes: number;
  created_by: string;
  created_at: number;
  /** The first bars of its waveform as JSON, up to 96 numbers from 0 to 1. */
  wave: string | null;
  kind: 'stem' | 'reference';
  /** How a reference lies beside the song, as JSON; null where nobody has said. */
  alignment: string | null;
}

export interface StemJobsTable {
  id: string;
  stem_id: string;
  attempts: number;
  /** Until when a worker has it; null while it waits. */
  leased_until: number | null;
  created_at: number;
}

interface UpdatesTable {
  sequence: Generated<number>;
  session_id: string;
  bytes: Uint8Array;
  user_id: string | null;
  client_id: number | null;
  at: number;
}

interface SnapshotsOfUpdatesTable {
  session_id: string;
  bytes: Uint8Array;
  through: number;
  at: number;
  epoch: number;
}

interface RestingPlacesTable {
  session_id: string;
  /** Seconds of the song. */
  position: number;
  loop_from: number | null;
  loop_until: number | null;
}

export interface HistoryTable {
  session_id: string;
  id: string;
  /** The log's row with which the gesture began. */
  sequence: number;
  user_id: string | null;
  at: number;
  until: number;
  kind: string;
  /** The ids of the strips that it touches, as `/lead/bass/`. */
  strips: string;
  reverts: string | null;
  /** JSON of what it changed. */
  body: string;
}

/** When each member was last there. */
interface VisitsTable {
  session_id: string;
  user_id: string;
  at: number;
}

interface ServiceSecretsTable {
  purpose: string;
  value: string;
}

export interface UploadsTable {
  stem_id: string;
  /** Null for the body of one request, which nobody can go on with. */
  size: number | null;
  /** So many bytes are there. */
  received: number;
  /** As JSON. */
  metadata: string;
  created_at: number;
  /** Until when an instance is at work on it. */
  leased_until: number | null;
}

export interface UploadPartsTable {
  stem_id: string;
  /** The byte of the file with which it begins. */
  start: number;
  bytes: number;
  blob: string;
}
