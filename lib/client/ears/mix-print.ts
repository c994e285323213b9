import type { Engine } from '../../audio';
import type { Mix } from '../../mix';
import type { Ears } from '../../protocol';
import type { ReadableStore, Scope } from '../../std';
import { mixState } from './mix-state';

export interface PrintParts {
  readonly engine: Pick<Engine, 'print' | 'hearing'> & { readonly player: Pick<Engine['player'], 'playing'> };
  readonly mix: ReadableStore<Mix>;
  /** Whether there is anybody to compare with. */
  readonly accompanied: () => boolean;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly scope: Scope;
}

/** A mix that has not changed for so long rests. */
const REST_MS = 1500;
/** Song and mix have rested for so long before a print is rendered. */
const CALM_MS = 2500;
/** From one print to the next: so many times as long as the last one took, so that a slow machine has peace, within bounds. */
const APART_TIMES = 10;
const APART_MS = { least: 15_000, most: 60_000 };
/** A stem that does not come for so long is not waited for. */
const PATIENCE_MS = 30_000;
const SEED_DIGITS = 8;

/** Knows the state of the mix while it rests, and renders its print while the song rests too. */
export class MixPrint {
  private changedAt: number;
  private playedAt: number;
  private state: string | null = null;
  private printed: { readonly state: string; readonly print: string } | null = null;
  private settling: Mix | null = null;
  private rendering: AbortController | null = null;
  private nextAt = 0;

  constructor(private readonly parts: PrintParts) {
    const { mix, engine, scope, now } = parts;
    this.changedAt = this.playedAt = now();
    scope.add(mix.subscribe(() => this.changed()));
    scope.add(engine.player.playing.subscribe(() => this.played()));
    scope.add(() => this.rendering?.abort(new DOMException('The session was closed.', 'AbortError')));
  }

  get known(): Pick<Ears, 'mix' | 'print'> {
    const { state, printed } = this;
    return { mix: state, print: printed !== null && printed.state === state ? printed.print : null };
  }

  /** Goes on where it is time; to be called about once a second. */
  look(): void {
    const now = this.parts.now();
    if (this.parts.engine.player.playing.get()) this.playedAt = now;
    if (now - this.changedAt >= REST_MS && this.state === null) void this.settle();
    const calm = now - Math.max(this.changedAt, this.playedAt) >= CALM_MS;
    const due = calm && now >= this.nextAt && this.state !== null && this.known.print === null && this.rendering === null;
    if (due && this.parts.accompanied() && this.parts.engine.hearing().lacks.size === 0) void this.render(this.state);
  }

  private changed(): void {
    this.changedAt = this.parts.now();
    this.state = null;
    this.settling = null;
    this.rendering?.abort(new DOMException('The mix has changed.', 'AbortError'));
  }

  /** The desk that is heard comes first. */
  private played(): void {
    this.playedAt = this.parts.now();
    this.rendering?.abort(new DOMException('The song plays.', 'AbortError'));
  }

  private async settle(): Promise<void> {
    const mix = this.parts.mix.get();
    if (this.settling === mix) return;
    this.settling = mix;
    const state = await mixState(mix);
    if (this.settling === mix) this.state = state;
  }

  private async render(state: string | null): Promise<void> {
    if (state === null) return;
    const { engine, mix, now, scope } = this.parts;
    const rendering = new AbortController();
    this.rendering = rendering;
    const giveUp = scope.after(PATIENCE_MS, () => rendering.abort(new DOMException('A stem does not come.', 'TimeoutError')));
    const began = now();
    try {
      const print = await engine.print(mix.get(), Number.parseInt(state.slice(0, SEED_DIGITS), 16), rendering.signal);
      this.printed = { state, print: print.slice(0, state.length) };
    } catch {
      // Cancelled, or a stem could not be read, which the report tells of anyway: it is tried again.
    }
    giveUp();
    this.rendering = null;
    const ended = now();
    this.nextAt = ended + Math.min(APART_MS.most, Math.max(APART_MS.least, APART_TIMES * (ended - began)));
  }
}
