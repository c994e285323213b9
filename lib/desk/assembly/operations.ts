// Changes of the desk: from the ring the page writes, at once or when their frame has come.

import { desk, sendAt, stripAt, watchAt } from './access';
import { SEND_COUNT, SEND_FIRST, STRIP_COUNT, STRIP_FIRST } from './generated/parameters';
import { Code } from './code';
import { chainAppend, chainBegin, addInsert, removeInsert, setInsertValue } from './insert';
import { holdLane, setLane, setLaneLate } from './lanes';
import { MAX_INSERTS, MAX_SENDS, MAX_STRIPS, PENDING, RING } from './layout';
import { setListen, setListenKey } from './listen';
import { setReference, setReferenceLoop } from './reference';
import { resetLoudness } from './loudness';
import { clearClip } from './meters';
import { setDip, setMonitor } from './monitor';
import { setSlew } from './slew';
import { setWeighing } from './strip-loudness';
import { setTap } from './tap';
import { Item, ITEM_BYTES, PENDING_ITEMS, RING_ITEMS } from './operation-record';
import { addToOrder, beginOrder, endOrder } from './order';
import { addSend, removeSend } from './send';
import { SEND_VALUES } from './send-record';
import { State } from './state-record';
import { addStrip, removeStrip, setStripOutput, setStripSource } from './strip';
import { STRIP_VALUES } from './strip-record';
import { jump, seek, setLoop, start, stop } from './transport';
import { setKey } from './strip-dynamics';
import { setValue } from './values';
import { setInputWait, setKeyWait, setOutputWait, setSendWait } from './wait';
import { addVca, beginVcas } from './vca';

@inline
function itemAt(area: usize, index: i32): Item {
  return changetype<Item>(area + <usize>index * ITEM_BYTES);
}

/** Puts an operation into the ring, unseen until `publish`. False where the ring is full. Called by the page alone. */
export function stage(code: i32, index: i32, a: i32, b: i32, flags: i32, value: f64, frame: f64): bool {
  const state = desk();
  const taken = atomic.load<i32>(changetype<usize>(state), offsetof<State>('ringTail'));
  if (state.ringStaged - taken >= RING_ITEMS) return false;
  const item = itemAt(RING, state.ringStaged & (RING_ITEMS - 1));
  item.code = code;
  item.index = index;
  item.a = a;
  item.b = b;
  item.flags = flags;
  item.value = value;
  item.frame = frame;
  state.ringStaged++;
  return true;
}

/** Lets the desk see everything staged, all at once. Returns the ticket that `applied` reaches when it is done. */
export function publish(): i32 {
  const state = desk();
  atomic.store<i32>(changetype<usize>(state), state.ringStaged, offsetof<State>('ringHead'));
  return state.ringStaged;
}

/** Takes back what was staged and not yet published. */
export function withdraw(): void {
  const state = desk();
  state.ringStaged = state.ringHead;
}

/** How many operations have left the ring. */
export function taken(): i32 {
  return atomic.load<i32>(changetype<usize>(desk()), offsetof<State>('ringTail'));
}

/** Takes what the page published: applies what counts now, keeps the rest by frame. */
export function drain(): void {
  const state = desk();
  const head = atomic.load<i32>(changetype<usize>(state), offsetof<State>('ringHead'));
  let tail = state.ringTail;
  if (tail != head) state.quietFrames = 0;
  while (tail != head) {
    const item = itemAt(RING, tail & (RING_ITEMS - 1));
    // A start knows itself how to wait for its frame, so that a tail can fade before it.
    if (item.frame <= state.outputFrame || item.code == Code.Start || item.code == Code.Seek) apply(item);
    else keep(state, item);
    tail++;
  }
  atomic.store<i32>(changetype<usize>(state), tail, offsetof<State>('ringTail'));
}

/** Keeps an operation for its frame, in order of frames, then of arrival. Lost and counted where too many wait. */
function keep(state: State, item: Item): void {
  if (state.pendingCount == PENDING_ITEMS) {
    state.operationsLost++;
    return;
  }
  let at = state.pendingCount++;
  while (at > 0 && itemAt(PENDING, at - 1).frame > item.frame) {
    memory.copy(changetype<usize>(itemAt(PENDING, at)), changetype<usize>(itemAt(PENDING, at - 1)), ITEM_BYTES);
    at--;
  }
  memory.copy(changetype<usize>(itemAt(PENDING, at)), changetype<usize>(item), ITEM_BYTES);
}

/** Applies what has come due by the present frame. */
export function applyDue(): void {
  const state = desk();
  let due = 0;
  while (due < state.pendingCount && itemAt(PENDING, due).frame <= state.outputFrame) apply(itemAt(PENDING, due++));
  if (due == 0) return;
  state.quietFrames = 0;
  state.pendingCount -= due;
  memory.copy(PENDING, PENDING + <usize>due * ITEM_BYTES, <usize>state.pendingCount * ITEM_BYTES);
}

/** Frames until the next waiting operation counts, at most `frames`. */
export function framesUntilDue(frames: i32): i32 {
  const state = desk();
  if (state.pendingCount == 0) return frames;
  return <i32>Math.min(<f64>frames, Math.max(1.0, Math.ceil(itemAt(PENDING, 0).frame - state.outputFrame)));
}

@inline
function isStrip(index: i32): bool {
  return index >= 0 && index < MAX_STRIPS;
}

function apply(item: Item): void {
  switch (item.code) {
    case Code.AddStrip:
    case Code.RemoveStrip:
    case Code.SetStrip:
    case Code.SetSource:
    case Code.SetOutput:
    case Code.SetAudible:
    case Code.Listen:
    case Code.ChainBegin:
    case Code.ChainAdd:
    case Code.VcaBegin:
    case Code.VcaAdd:
    case Code.SetKey:
    case Code.SetOutputWait:
    case Code.SetInputWait:
    case Code.SetKeyWait:
    case Code.SetDelayLine:
      if (isStrip(item.index)) applyToStrip(item);
      return;
    case Code.OrderBegin:
    case Code.OrderAdd:
    case Code.OrderEnd:
      return applyOrder(item);
    case Code.AddSend:
    case Code.RemoveSend:
    case Code.SetSend:
    case Code.SetSendWait:
      if (item.index >= 0 && item.index < MAX_SENDS) applyToSend(item);
      return;
    case Code.AddInsert:
    case Code.RemoveInsert:
    case Code.SetInsert:
      if (item.index >= 0 && item.index < MAX_INSERTS) applyToInsert(item);
      return;
    default:
      applyToDesk(item);
  }
}

function applyToStrip(item: Item): void {
  const strip = stripAt(item.index);
  switch (item.code) {
    case Code.AddStrip:
      return addStrip(item.index, item.a);
    case Code.SetSource:
      return setStripSource(strip, item.a);
    case Code.SetOutput:
      return setStripOutput(strip, item.a);
    case Code.RemoveStrip:
      return removeStrip(item.index);
    case Code.SetStrip:
      return setValue(changetype<usize>(strip) + STRIP_VALUES, STRIP_FIRST, STRIP_COUNT, item.a, item.value, item.flags);
    case Code.SetAudible:
      strip.audible = item.a;
      return;
    case Code.Listen:
      return setListen(watchAt(item.index), item.a);
    case Code.ChainBegin:
      return chainBegin(strip);
    case Code.ChainAdd:
      if (item.a >= 0 && item.a < MAX_INSERTS) chainAppend(strip, item.a);
      return;
    case Code.VcaBegin:
      return beginVcas(strip);
    case Code.VcaAdd:
      if (isStrip(item.a)) addVca(strip, item.a);
      return;
    case Code.SetKey:
      return setKey(item.index, item.a);
    case Code.SetOutputWait:
      return setOutputWait(item.index, item.a, item.b);
    case Code.SetInputWait:
      return setInputWait(item.index, item.a, item.b);
    case Code.SetKeyWait:
      return setKeyWait(item.index, item.a, item.b);
    case Code.SetDelayLine:
      strip.delayLine = item.a;
      return;
    default:
      return;
  }
}

function applyOrder(item: Item): void {
  const state = desk();
  if (item.code == Code.OrderBegin) beginOrder(state);
  else if (item.code == Code.OrderEnd) endOrder(state);
  else if (isStrip(item.index)) addToOrder(state, item.index);
}

function applyToSend(item: Item): void {
  const send = changetype<usize>(sendAt(item.index));
  if (item.code == Code.SetSend) setValue(send + SEND_VALUES, SEND_FIRST, SEND_COUNT, item.a, item.value, item.flags);
  else if (item.code == Code.RemoveSend) removeSend(item.index);
  else if (item.code == Code.SetSendWait) setSendWait(item.index, item.a, item.b);
  else if (isStrip(item.a) && isStrip(item.b)) addSend(item.index, item.a, item.b);
}

function applyToInsert(item: Item): void {
  if (item.code == Code.AddInsert) addInsert(item.index, item.a, item.b);
  else if (item.code == Code.RemoveInsert) removeInsert(item.index);
  else setInsertValue(item.index, item.a, item.value, item.flags);
}

function applyToDesk(item: Item): void {
  const state = desk();
  switch (item.code) {
    case Code.Tempo:
      if (item.value >= 1.0 && item.value <= 1000.0) state.tempo = item.value;
      return;
    case Code.SetLatency:
      state.pathLatency = max(item.a, 0);
      return;
    case Code.Start:
      return start(item.a, item.frame);
    case Code.Stop:
      return stop();
    case Code.Seek:
      return seek(item.a, item.frame);
    case Code.Jump:
      return jump(item.a);
    case Code.Loop:
      return setLoop(item.a, item.b);
    case Code.Monitor:
      return setMonitor(item.value, item.a, item.b, item.flags);
    case Code.Dip:
      return setDip(item.value);
    case Code.Slew:
      return setSlew(item.value);
    case Code.Reference:
      return setReference(item.index, item.a, item.b != 0, item.value);
    case Code.ReferenceLoop:
      return setReferenceLoop(item.a, item.b);
    case Code.ListenKey:
      return setListenKey(item.a, item.index);
    case Code.Tap:
      return setTap(item.index, item.a, item.b);
    case Code.Weigh:
      return setWeighing(item.a);
    case Code.ResetLoudness:
      return resetLoudness();
    case Code.ClearClips:
      for (let i = 0; i < MAX_STRIPS; i++) clearClip(i, stripAt(i));
      return;
    case Code.SetLane: {
      // Three numbers in one: whose, which control, and whether somebody else drew it.
      const packed = item.flags;
      return setLane(item.index, packed & 3, <i32>item.value, (packed >> 3) & 0xffff, item.a, item.b, (packed & 4) != 0);
    }
    case Code.SetLaneLate:
      return setLaneLate(item.index, item.a);
    case Code.HoldLane:
      return holdLane(item.index, item.a != 0);
    case Code.Capture:
      state.captureFrom = item.a;
      state.captureFrames = item.b;
      state.captureAddress = item.index;
      state.captureWritten = 0;
      return;
    default:
      return;
  }
}
