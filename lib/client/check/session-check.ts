import { type Finding, LOUDNESS_TARGETS, type LoudnessTarget, PROFILES, type Profile } from '../../analysis';
import type { Engine, MixCheck, MixChecker } from '../../audio';
import type { Mix } from '../../mix';
import { createStore, type ReadableStore, type Result, Scope } from '../../std';
import type { Audition, Check, Desk } from '../types';

/** A mix is looked at anew when it has rested for so long. */
const REST_MS = 150;
/** And measured as a whole when it has rested for so long: a render of all of it while somebody works would only be in the way. */
const LONG_REST_MS = 3000;
const NOTHING: MixCheck = { findings: null, done: 0, needed: 0, settled: false, failed: new Map(), master: null };
/** Under which a fix is offered to the ears. */
const FIX = 'fix';

interface CheckParts {
  readonly engine: Pick<Engine, 'checker' | 'stems'>;
  readonly mix: ReadableStore<Mix>;
  readonly desk: Pick<Desk, 'apply'>;
  readonly audition: Pick<Audition, 'compare' | 'hear' | 'heard'>;
  readonly scope: Scope;
}

const first = <T>([one]: readonly T[]): T => {
  if (one === undefined) throw new Error('There is nothing to choose from.');
  return one;
};

/** The mix check of an open session; see `Check`. Measures only while somebody looks. */
export class SessionCheck implements Check {
  private readonly stateStore = createStore<MixCheck>(NOTHING);
  readonly state: ReadableStore<MixCheck> = this.stateStore;
  private readonly profileStore = createStore<Profile>(first(PROFILES));
  readonly profile: ReadableStore<Profile> = this.profileStore;
  private readonly targetStore = createStore<LoudnessTarget>(first(LOUDNESS_TARGETS));
  readonly target: ReadableStore<LoudnessTarget> = this.targetStore;
  private readonly setAsideStore = createStore<ReadonlySet<string>>(new Set());
  readonly setAside: ReadableStore<ReadonlySet<string>> = this.setAsideStore;
  private readonly auditionedStore = createStore<string | null>(null);
  readonly auditioned: ReadableStore<string | null> = this.auditionedStore;
  private watchers = 0;
  private checker: MixChecker | null = null;
  private watching: Scope | null = null;
  private resting: Scope | null = null;

  constructor(private readonly parts: CheckParts) {
    parts.scope.add(() => {
      this.watching?.close();
      this.checker?.close();
    });
    parts.scope.add(
      parts.audition.heard.subscribe(() => {
        if (parts.audition.heard.get() !== FIX) this.auditionedStore.set(null);
      }),
    );
  }

  watch(): () => void {
    this.watchers += 1;
    if (this.watchers === 1) this.begin();
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      this.watchers -= 1;
      if (this.watchers > 0) return;
      this.watching?.close();
      this.watching = null;
    };
  }

  setProfile(id: string): void {
    this.profileStore.set(PROFILES.find((profile) => profile.id === id) ?? this.profileStore.get());
    this.look();
  }

  setTarget(target: LoudnessTarget): void {
    this.targetStore.set(target);
    this.look();
  }

  leave(id: string, left: boolean): void {
    const ids = new Set(this.setAsideStore.get());
    if (left) ids.add(id);
    else ids.delete(id);
    this.setAsideStore.set(ids);
  }

  hear(finding: Finding | null): void {
    const { audition } = this.parts;
    if (!finding?.fix) {
      audition.compare([]);
      this.auditionedStore.set(null);
      return;
    }
    audition.compare([{ id: FIX, name: finding.fix.words, mix: { changes: finding.fix.changes } }]);
    audition.hear(FIX);
    this.auditionedStore.set(finding.id);
  }

  mend(finding: Finding): Result<void, string> {
    this.hear(null);
    return this.parts.desk.apply(finding.fix?.changes ?? []);
  }

  /** Follows the mix and the stems from now on; what was measured before is still known. */
  private begin(): void {
    const { engine, mix } = this.parts;
    const scope = new Scope();
    this.watching = scope;
    const soon = () => {
      this.resting?.close();
      this.resting = scope.child();
      this.resting.after(REST_MS, () => this.look());
    };
    scope.add(mix.subscribe(soon));
    scope.add(engine.stems.subscribe(soon));
    void this.open(scope);
  }

  private async open(scope: Scope): Promise<void> {
    if (!this.checker) {
      const checker = await this.parts.engine.checker();
      if (this.parts.scope.isClosed || this.checker) return checker.close();
      this.checker = checker;
      checker.state.subscribe(() => this.stateStore.set(checker.state.get()));
    }
    if (!scope.isClosed) this.look();
  }

  private look(): void {
    const { mix, engine } = this.parts;
    if (!this.watching) return;
    const { checker } = this;
    checker?.look({
      mix: mix.get(),
      stems: engine.stems.get(),
      options: { profile: this.profileStore.get(), target: this.targetStore.get() },
    });
    this.resting?.close();
    this.resting = this.watching.child();
    this.resting.after(LONG_REST_MS, () => checker?.rest());
  }
}
