import type { Engine, Keeps } from '../../audio';
import type { TalkCall, TalkEvent, TalkWelcome } from '../../protocol';
import { createStore, err, type ReadableStore, type Result, type Scope } from '../../std';
import { type OwnVoice, Talk } from '../../talk';
import type { Platform } from '../platform';
import type { MicrophoneDevice, Voices } from '../types';
import { recallTalk, rememberTalk } from './remembered-talk';

export interface VoicesParts {
  readonly engine: Pick<Engine, 'monitor' | 'outputs'>;
  readonly call: (call: TalkCall) => Promise<Result<TalkWelcome | null, string>>;
  readonly client: number;
  readonly createTalk: Platform['createTalk'];
  readonly connected: ReadableStore<boolean>;
  readonly storage: Keeps | null;
  readonly now: () => number;
  readonly scope: Scope;
}

const SYSTEM: MicrophoneDevice = { id: '', name: "The system's microphone" };
const NO_VOICES = 'This browser has no voice connections. Use a current browser to talk; the chat works here too.';
const QUIETEST_DIP = -40;

/** Talking, with what this browser remembers of it; while a voice is there the music is turned down at these ears alone. */
export class SessionVoices implements Voices {
  private readonly talk: Talk | null;
  private readonly none = createStore<OwnVoice>('silent');
  private readonly nobody = createStore<ReadonlySet<number>>(new Set());
  private readonly dipStore;
  private readonly microphoneStore;
  private readonly microphonesStore = createStore<readonly MicrophoneDevice[]>([SYSTEM]);
  readonly microphones: ReadableStore<readonly MicrophoneDevice[]> = this.microphonesStore;

  constructor(private readonly parts: VoicesParts) {
    const { createTalk, engine, storage, scope, call, client, connected, now } = parts;
    const { dip, microphone } = recallTalk(storage);
    this.dipStore = createStore(dip);
    this.microphoneStore = createStore(microphone);
    this.talk = createTalk && new Talk({ call, client, rim: createTalk(() => engine.outputs.chosen.get()), connected, now, scope });
    if (this.talk) scope.add(this.talk.voice.subscribe(() => this.turnDown()));
  }

  get possible(): boolean {
    return this.talk !== null;
  }

  get own(): ReadableStore<OwnVoice> {
    return this.talk?.own ?? this.none;
  }

  get speakers(): ReadableStore<ReadonlySet<number>> {
    return this.talk?.speakers ?? this.nobody;
  }

  get dip(): ReadableStore<number> {
    return this.dipStore;
  }

  get microphone(): ReadableStore<string> {
    return this.microphoneStore;
  }

  take(event: TalkEvent): void {
    this.talk?.take(event);
  }

  async speak(): Promise<Result<void, string>> {
    return this.talk ? await this.talk.speak(this.microphoneStore.get()) : err(NO_VOICES);
  }

  stop(): void {
    this.talk?.stop();
  }

  level(client: number): number {
    return this.talk?.level(client) ?? 0;
  }

  async refresh(): Promise<void> {
    const found = (await globalThis.navigator?.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    const others = found.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '' && deviceId !== 'default');
    this.microphonesStore.set([SYSTEM, ...others.map(({ deviceId: id, label }, n) => ({ id, name: label || `Microphone ${n + 1}` }))]);
  }

  choose(microphone: string): void {
    this.microphoneStore.set(microphone);
    rememberTalk(this.parts.storage, { microphone });
    this.talk?.stop();
    this.talk?.changeMicrophone();
  }

  setDip(db: number): void {
    const dip = Math.round(Math.min(0, Math.max(QUIETEST_DIP, db)));
    this.dipStore.set(dip);
    rememberTalk(this.parts.storage, { dip });
    this.turnDown();
  }

  private turnDown(): void {
    this.parts.engine.monitor.dip(this.talk?.voice.get() ? this.dipStore.get() : 0);
  }
}
