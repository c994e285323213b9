import type { TalkWays } from '../protocol';
import type { Candidate, Description } from './negotiation';

/** How a connection to another page fares. */
export type WireState = 'connecting' | 'connected' | 'failed';

/** A connection to one other page, as a browser has it. Calls come one after another. */
export interface Wire {
  /** Makes an offer, with new ways where `restart` says so, and sets it. */
  offer(restart: boolean): Promise<Description>;
  answer(): Promise<Description>;
  take(description: Description): Promise<void>;
  candidate(candidate: Candidate): Promise<void>;
  /** Sends this sound, or none. */
  speak(track: MediaStreamTrack | null): void;
  /** Whether what arrives is heard. */
  hear(on: boolean): void;
  /** How loud what arrives is now, 0 to 1. */
  level(): number;
  close(): void;
}

export interface WireEvents {
  candidate(candidate: Candidate): void;
  state(state: WireState): void;
}

/** The microphone while it is open. */
export interface Microphone {
  readonly track: MediaStreamTrack;
  /** How loud it is now, 0 to 1. */
  level(): number;
  close(): void;
}

/** What talking needs of a browser. */
export interface TalkRim {
  connect(ways: TalkWays, events: WireEvents): Wire;
  /** Rejects with a sentence for the user when it may not or cannot be opened. `device` empty for the system's choice. */
  openMicrophone(device: string): Promise<Microphone>;
}
