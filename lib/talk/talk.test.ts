import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Stage, turns } from './talk.fixture';

let stage: Stage;
beforeEach(() => {
  vi.useFakeTimers();
  stage = new Stage();
});
afterEach(() => {
  stage.scope.close();
  vi.useRealTimers();
});

/** Time passes for pages and timers alike. */
function pass(ms: number): void {
  for (let gone = 0; gone < ms; gone += 50) {
    stage.now += 50;
    vi.advanceTimersByTime(50);
  }
}
async function speak(page: ReturnType<Stage['page']>) {
  const said = page.talk.speak('');
  await turns();
  return await said;
}

test('who speaks is heard by all the others, for as long as they speak', async () => {
  const [ana, ben, cem] = [stage.page(1), stage.page(2), stage.page(3)];
  await turns();
  expect(await speak(ana)).toEqual({ ok: true, value: undefined });
  expect(ana.talk.own.get()).toBe('speaking');
  expect([ana.hears, ben.hears, cem.hears]).toEqual([[], ['voice of 1'], ['voice of 1']]);
  for (const { talk } of [ana, ben, cem]) expect([...talk.speakers.get()]).toEqual([1]);
  ana.talk.stop();
  await turns();
  expect([ben.hears, cem.hears]).toEqual([[], []]);
  expect(ben.talk.speakers.get().size).toBe(0);
  // The others made no connection among each other: nobody has spoken there yet.
  expect(ben.wires).toHaveLength(1);
});

test('both who press at once are heard, by one connection', async () => {
  const [ana, ben] = [stage.page(1), stage.page(2)];
  await turns();
  await Promise.all([speak(ana), speak(ben)]);
  expect([ana.hears, ben.hears]).toEqual([['voice of 2'], ['voice of 1']]);
  expect([ana.wires.length, ben.wires.length]).toEqual([1, 1]);
});

test('a sound is heard only while the service says that its page speaks', async () => {
  const [ana, mallory] = [stage.page(1), stage.page(2, { listener: true })];
  await turns();
  expect(await speak(mallory)).toEqual({ ok: false, error: 'As listener you may not talk.' });
  await speak(ana);
  for (const wire of mallory.wires) wire.speak({ id: 'smuggled' } as MediaStreamTrack);
  expect(ana.wires[0]?.arrives?.id).toBe('smuggled');
  expect(ana.hears).toEqual([]);
});

test('whose role no longer allows it is silent, and knows it', async () => {
  const [ana, ben] = [stage.page(1), stage.page(2)];
  await turns();
  await speak(ana);
  stage.setSpeaking(ana, false);
  await turns();
  expect(ana.talk.own.get()).toBe('silent');
  expect(ben.hears).toEqual([]);
});

test('who comes while somebody speaks hears them', async () => {
  const [ana] = [stage.page(1)];
  await turns();
  await speak(ana);
  const late = stage.page(2);
  await turns();
  expect(late.hears).toEqual(['voice of 1']);
});

test('a refused microphone is told in words, and leaves nothing open', async () => {
  const ana = stage.page(1, { refused: 'Allow it beside the address.' });
  await turns();
  expect(await speak(ana)).toEqual({ ok: false, error: 'Allow it beside the address.' });
  expect(ana.talk.own.get()).toBe('silent');
  expect(ana.talk.speakers.get().size).toBe(0);
});

test('let go before the microphone opened: nobody hears anything', async () => {
  const [ana, ben] = [stage.page(1), stage.page(2)];
  await turns();
  const said = ana.talk.speak('');
  ana.talk.stop();
  await turns();
  await said;
  expect(ana.talk.own.get()).toBe('silent');
  expect(ben.hears).toEqual([]);
  pass(31_000);
  expect(ana.microphoneOpen).toBe(false);
});

test('between words the microphone stays open, and is closed half a minute after the last', async () => {
  const ana = stage.page(1);
  await turns();
  await speak(ana);
  ana.talk.stop();
  pass(20_000);
  await speak(ana);
  ana.talk.stop();
  expect([ana.opened, ana.microphoneOpen]).toEqual([1, true]);
  pass(31_000);
  expect(ana.microphoneOpen).toBe(false);
});

test('a line that broke leaves nothing behind; when it is back voices reach everybody again', async () => {
  const [ana, ben] = [stage.page(1), stage.page(2)];
  await turns();
  await speak(ana);
  ben.cut();
  await turns();
  expect([ana.wires.length, ben.wires.length, ben.talk.speakers.get().size]).toEqual([0, 0, 0]);
  ben.back();
  await turns();
  expect(ben.hears).toEqual(['voice of 1']);
  ana.cut();
  await turns();
  expect([ana.talk.own.get(), ben.hears.length]).toEqual(['silent', 0]);
  ana.back();
  await turns();
  await speak(ana);
  expect(ben.hears).toEqual(['voice of 1']);
});

test('a connection that fails looks for new ways three times, and is made anew with the next word', async () => {
  const [ana, ben] = [stage.page(1), stage.page(2)];
  await turns();
  stage.wires.cut = true;
  const said = ana.talk.speak('');
  await turns();
  const [wire] = ana.wires;
  for (let n = 0; n < 5; n++) {
    wire?.events.state('failed');
    await turns();
  }
  expect(wire?.offers).toBe(4);
  // Nobody is reached, and nobody waits for ever.
  expect(await said).toEqual({ ok: true, value: undefined });
  ana.talk.stop();
  stage.wires.cut = false;
  await speak(ana);
  expect(wire?.closed).toBe(true);
  expect(ben.hears).toEqual(['voice of 1']);
});

test('the voice is there over pauses between words, and gone soon after the last', async () => {
  const [ana, ben] = [stage.page(1), stage.page(2)];
  await turns();
  await speak(ana);
  expect([ana.talk.voice.get(), ben.talk.voice.get()]).toEqual([true, true]);
  const [wire] = ben.wires;
  if (wire) wire.loudness = 0.1;
  pass(5000);
  expect(ben.talk.level(1)).toBe(0.1);
  if (wire) wire.loudness = 0.001;
  pass(1500);
  expect(ben.talk.voice.get()).toBe(true);
  pass(1000);
  expect(ben.talk.voice.get()).toBe(false);
  if (wire) wire.loudness = 0.1;
  pass(100);
  expect(ben.talk.voice.get()).toBe(true);
  ana.talk.stop();
  await turns();
  expect(ben.talk.voice.get()).toBe(false);
});
