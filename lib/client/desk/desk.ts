import * as decoding from 'lib0/decoding';
import { type Change, type Mix, rowOf, type StripId, type Target, targetKey, targetValue } from '../../mix';
import { type Notice, readHand } from '../../protocol';
import { createStore, err, ok, type ReadableStore, type Result } from '../../std';
import type { ChangedBy } from '../heard/layer';
import type { Desk, Gesture, Person, WritingMode } from '../types';
import type { DeskParts } from './desk-parts';
import { type Grip, heldControl, OpenGesture } from './gesture';
import { HandSender } from './hand-sender';
import { Holders } from './holders';
import { Led } from './led';
import { Recorder } from './recorder';
import { RemoteHands } from './remote-hands';
import { ShownControls } from './shown-controls';
import { keysOf, writing } from './writing';

const READ_ONLY = 'You can hear and see this mix but not change it. Ask its owner to make you a mixer.';
const FOLLOWS =
  'This control follows its automation. Choose Touch, Latch or Write on the strip and play to write it anew, or switch the automation off.';
const HEARD_ONLY = 'What you hear now is not the mix as it is. Go back to the mix, or to your draft, to change something.';
const LOOK_MS = 100;
const GONE = 'This control is no longer there.';
const REMIND_MS = 3000;
const SWEEP_MS = 500;

/** The mix that this page hears with everybody's moving hands laid over it, for the page and for the sound alike. */
export class LiveDesk implements Desk {
  readonly mix: ReadableStore<Mix>;
  readonly writable: ReadableStore<boolean>;
  readonly canUndo: ReadableStore<boolean>;
  readonly canRedo: ReadableStore<boolean>;
  private readonly unwritten = createStore<Notice | null>(null);
  readonly notice: ReadableStore<Notice | null> = this.unwritten;
  private readonly shown = new ShownControls(
    (key, target) => this.valueNow(key, target),
    (key) => (this.parts.heard.apart.get() ? null : this.holders.of(key)),
  );
  private readonly mine = new Map<string, { readonly target: Target; readonly value: number }>();
  private readonly gestures = new Set<OpenGesture>();
  private readonly remote: RemoteHands;
  private readonly holders: Holders;
  private readonly sender: HandSender;
  private readonly recorder: Recorder;
  private readonly lanes: Led;
  private before: Mix;

  constructor(private readonly parts: DeskParts) {
    const { heard, scope, here } = parts;
    this.mix = heard.mix;
    this.before = heard.mix.get();
    this.writable = heard.writable;
    this.canUndo = heard.canUndo;
    this.canRedo = heard.canRedo;
    const send = (frame: Uint8Array) => {
      if (!heard.apart.get()) parts.send(frame);
    };
    this.sender = new HandSender(send, parts.now, scope);
    this.remote = new RemoteHands(
      (key, target) => this.remoteChanged(key, target),
      (key, client) => parts.client < client && !parts.heard.apart.get() && [...this.gestures].some((gesture) => gesture.holds(key)),
    );
    this.holders = new Holders(here, this.remote);
    const { player } = parts.engine;
    this.recorder = new Recorder({
      mix: () => this.mix.get(),
      playing: player.playing,
      position: () => player.position(),
      now: parts.now,
      refused: (text) => this.unwritten.set({ level: 'warning', text }),
      value: (target) => this.valueNow(targetKey(target), target),
      write: (changes) => {
        if (this.writable.get() && changes.length > 0) heard.apply(changes, null);
      },
      free: (key, target) => this.free(key, target),
      scope,
    });
    this.lanes = new Led(
      () => this.mix.get(),
      () => player.position(),
      (target) => this.recorder.records(target),
    );
    parts.engine.setMix(this.before, false);
    scope.add(heard.onTouched((by) => this.mixChanged(by)));
    scope.add(
      heard.onLeave(() => {
        this.letGo();
        this.recorder.finish();
      }),
    );
    scope.add(heard.apart.subscribe(() => this.shown.refreshHands()));
    scope.add(
      here.subscribe(() => {
        this.holders.peopleChanged();
        this.shown.refreshHands();
      }),
    );
    scope.add(
      heard.writable.subscribe(() => {
        if (!heard.writable.get()) for (const gesture of [...this.gestures]) gesture.yield();
      }),
    );
    scope.every(REMIND_MS, () => {
      for (const gesture of this.gestures) gesture.showAll();
      for (const [key, { value }] of this.recorder.latched()) this.sender.move(key, value);
    });
    // Now and then: what must move smoothly asks `led` each frame.
    scope.every(LOOK_MS, () => {
      for (const key of this.lanes.moved(this.shown.keys())) this.shown.refresh(key);
    });
    scope.every(SWEEP_MS, () => this.remote.sweep(parts.now()));
  }

  value(target: Target): ReadableStore<number> {
    return this.shown.value(target);
  }

  hand(target: Target): ReadableStore<Person | null> {
    return this.shown.hand(target);
  }

  grab(targets: readonly Target[]): Result<Gesture, string> {
    const refusal = this.refusal(targets.map(targetKey));
    if (refusal) return err(refusal);
    const controls = targets.flatMap((target) => {
      const row = rowOf(this.mix.get(), target);
      return row ? [heldControl(target, row, this.valueNow(targetKey(target), target))] : [];
    });
    if (controls.length < targets.length) return err(GONE);
    // A second hand of mine on the same control takes it from the first.
    for (const gesture of [...this.gestures]) if (controls.some(({ key }) => gesture.holds(key))) gesture.release();
    const gesture = new OpenGesture(controls, this.grip(), this.parts.scope);
    this.gestures.add(gesture);
    this.tellHolding();
    return ok(gesture);
  }

  set(...moves: readonly (readonly [Target, number])[]): Result<void, string> {
    const refusal = this.refusal(moves.map(([target]) => targetKey(target)));
    if (refusal) return err(refusal);
    const mix = this.mix.get();
    if (moves.some(([target]) => !rowOf(mix, target))) return err(GONE);
    if (moves.some(([target]) => this.lanes.follows(target))) return err(FOLLOWS);
    for (const [target, value] of moves) if (this.recorder.records(target)) this.latch(target, value);
    this.write(moves, null);
    return ok(undefined);
  }

  apply(changes: readonly Change[]): Result<void, string> {
    const refusal = this.refusal(keysOf(changes));
    if (refusal) return err(refusal);
    if (changes.length) this.parts.heard.apply(changes, null);
    return ok(undefined);
  }

  undo(): void {
    this.step(() => this.parts.heard.undo());
  }

  redo(): void {
    this.step(() => this.parts.heard.redo());
  }

  /** Takes in a relayed hand message, its type included. */
  takeHand(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    decoding.readVarUint(decoder);
    const hand = readHand(decoder);
    if (!hand || hand.client === this.parts.client) return;
    this.remote.take(hand.client, hand.move, this.mix.get(), this.parts.now());
  }

  /** Takes all my hands off; what they moved stays as it is. */
  letGo(): void {
    for (const gesture of [...this.gestures]) gesture.release();
  }

  private step(take: () => void): void {
    if (!this.writable.get()) return;
    this.letGo();
    take();
  }

  private refusal(keys: readonly string[]): string | null {
    const { heard } = this.parts;
    if (!this.writable.get()) return heard.apart.get() ? HEARD_ONLY : READ_ONLY;
    return heard.apart.get() ? null : this.holders.refusal(keys);
  }

  private grip(): Grip {
    const { engine } = this.parts;
    return {
      show: (key, target, value) => {
        this.mine.set(key, { target, value });
        if (this.recorder.records(target)) this.recorder.note(target, value);
        engine.setValue(target, value, false);
        this.shown.refresh(key);
        this.sender.move(key, value);
      },
      write: (values, hand) => this.write(values, hand),
      alone: () => this.gestures.size === 1,
      drop: (target) => this.recorder.drop(target),
      done: (gesture, rest) => {
        this.gestures.delete(gesture);
        const off = new Set<string>();
        for (const { key, target } of gesture.controls) {
          // What stays where it was left is shown to the others as if the hand were still there.
          if (this.recorder.release(target)) continue;
          off.add(key);
          this.rest(key, target);
        }
        const released = rest.filter(([key]) => off.has(key));
        if (released.length) this.sender.release(released);
        this.tellHolding();
      },
    };
  }

  private write(moves: readonly (readonly [Target, number])[], hand: object | null): void {
    const mix = this.mix.get();
    const kept = moves.filter(([target]) => this.lanes.keeps(target));
    const changes = kept.map(([target, value]) => writing(mix, target, value)).filter((change) => change !== null);
    if (changes.length) this.parts.heard.apply(changes, hand);
  }

  writingMode(strip: StripId): ReadableStore<WritingMode> {
    return this.recorder.mode(strip);
  }

  setWritingMode(strip: StripId, mode: WritingMode): void {
    this.recorder.mode(strip).set(mode);
  }

  led(target: Target): number | null {
    const key = targetKey(target);
    if (this.mine.has(key) || this.othersValue(key) !== undefined) return null;
    return this.lanes.at(key, target);
  }

  private latch(target: Target, value: number): void {
    const key = targetKey(target);
    this.mine.set(key, { target, value });
    this.recorder.latch(target, value);
    this.parts.engine.setValue(target, value, false);
    this.shown.refresh(key);
    this.sender.move(key, value);
  }

  private free(key: string, target: Target): void {
    const value = this.mine.get(key)?.value;
    this.rest(key, target);
    if (value !== undefined) this.sender.release([[key, value]]);
  }

  /** No hand of mine is on a control any more. */
  private rest(key: string, target: Target): void {
    this.mine.delete(key);
    this.parts.engine.setValue(target, this.valueNow(key, target), false);
    this.parts.engine.letGo(target);
    this.shown.refresh(key);
  }

  private tellHolding(): void {
    const mine = this.parts.heard.apart.get() ? [] : [...this.gestures];
    this.parts.holding(mine.flatMap((gesture) => gesture.controls.map(({ key }) => key)));
  }

  private valueNow(key: string, target: Target): number {
    return this.mine.get(key)?.value ?? this.othersValue(key) ?? this.lanes.at(key, target) ?? targetValue(this.mix.get(), target);
  }

  /** Where somebody else's hand has a control, and it is heard here. */
  private othersValue(key: string): number | undefined {
    return this.parts.heard.covers(key) ? undefined : this.remote.value(key);
  }

  private mixChanged(by: ChangedBy): void {
    const { engine } = this.parts;
    const [before, mix] = [this.before, this.mix.get()];
    this.before = mix;
    engine.setMix(mix, by === 'remote', by === 'switch');
    for (const [key, { target }] of [...this.remote.entries()]) {
      if (targetValue(before, target) !== targetValue(mix, target)) this.remote.kept(key);
    }
    // The plan of a new mix puts controls where it keeps them: hands that still move are put back on top.
    for (const { target, value } of this.mine.values()) if (rowOf(mix, target)) engine.setValue(target, value, false);
    for (const [key, { target, value }] of this.remote.entries()) {
      if (rowOf(mix, target) && !this.parts.heard.covers(key)) engine.setValue(target, value, true);
    }
    this.shown.mixChanged(before, mix);
  }

  private remoteChanged(key: string, target: Target): void {
    const holder = this.remote.holder(key);
    if (holder !== null && holder < this.parts.client && !this.parts.heard.apart.get()) {
      for (const gesture of [...this.gestures]) if (gesture.holds(key)) gesture.yield();
    }
    if (!this.mine.has(key)) this.parts.engine.setValue(target, this.valueNow(key, target), true);
    if (!this.mine.has(key) && this.othersValue(key) === undefined) this.parts.engine.letGo(target);
    this.shown.refresh(key);
    this.shown.refreshHand(key);
  }
}
