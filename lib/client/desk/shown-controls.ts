import { type Mix, type Target, targetKey } from '../../mix';
import { createStore, type ReadableStore, type Store } from '../../std';
import type { Person } from '../types';

const partOf = (mix: Mix, target: Target) => {
  if (target.on === 'strip') return mix.strips.get(target.id);
  return target.on === 'send' ? mix.sends.get(target.id) : mix.inserts.get(target.id);
};

/** What the page shows of controls, their values and whose hand is on them: stores that are made when somebody first looks. */
export class ShownControls {
  private readonly values = new Map<string, { readonly target: Target; readonly value: Store<number> }>();
  private readonly hands = new Map<string, Store<Person | null>>();

  constructor(
    private readonly valueNow: (key: string, target: Target) => number,
    private readonly holderNow: (key: string) => Person | null,
  ) {}

  value(target: Target): ReadableStore<number> {
    const key = targetKey(target);
    const found = this.values.get(key);
    if (found) return found.value;
    const value = createStore(this.valueNow(key, target));
    this.values.set(key, { target, value });
    return value;
  }

  hand(target: Target): ReadableStore<Person | null> {
    const key = targetKey(target);
    const found = this.hands.get(key);
    if (found) return found;
    const hand = createStore(this.holderNow(key));
    this.hands.set(key, hand);
    return hand;
  }

  /** The controls whose value is shown. */
  keys(): Iterable<string> {
    return this.values.keys();
  }

  refresh(key: string): void {
    const shown = this.values.get(key);
    shown?.value.set(this.valueNow(key, shown.target));
  }

  /** Of all controls whose strip, send, effect or lane another mix has otherwise. */
  mixChanged(before: Mix, mix: Mix): void {
    for (const [key, { target }] of this.values) {
      if (partOf(before, target) !== partOf(mix, target) || before.automation.get(key) !== mix.automation.get(key)) this.refresh(key);
    }
  }

  refreshHand(key: string): void {
    this.hands.get(key)?.set(this.holderNow(key));
  }

  refreshHands(): void {
    for (const key of this.hands.keys()) this.refreshHand(key);
  }
}
