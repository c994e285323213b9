import type { Engine, Keeps } from '../audio';
import type { TalkRim } from '../talk';
import type { Fetch } from './api/request';
import type { Kept } from './document/kept';
import type { Socket } from './document/watched-socket';
import type { KeptDraft } from './draft/kept-draft';

/** What a session needs of the machine that it runs on. */
export interface Platform {
  /** `http(s)://host` of the service. */
  readonly origin: string;
  readonly fetch: Fetch;
  readonly openSocket: (url: string) => Socket;
  /** Headers of the live line, for programs that must bring their cookie themselves. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly openKept: (user: string, session: string) => Promise<Kept>;
  readonly openKeptDraft: (user: string, session: string) => Promise<KeptDraft>;
  /** How many unsent changes of a session this machine keeps. */
  readonly countKept: (session: string) => Promise<number>;
  readonly createEngine: () => Engine;
  /** Voices, on the output that `output` names; null where there are none. */
  readonly createTalk: ((output: () => string) => TalkRim) | null;
  /** Where small things are remembered; null where nothing is. */
  readonly storage: Keeps | null;
  /** Tells of `online`, `offline`, `pagehide`, `visibilitychange`. */
  readonly page: EventTarget;
  /** Monotonic milliseconds, on the scale of the engine's player. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
}
