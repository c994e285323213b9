import { beforeEach, expect, test } from 'vitest';
import type { OwnVoice } from '../../lib/client';
import { createStore, err, ok } from '../../lib/std';
import { HoldToTalk } from './hold-to-talk';

const own = createStore<OwnVoice>('silent');
const heard: string[] = [];
let now = 0;
let why: string | null = null;
let talk: HoldToTalk;
beforeEach(() => {
  own.set('silent');
  heard.length = 0;
  why = null;
  talk = new HoldToTalk({
    voices: {
      own,
      speak: () => {
        if (why !== null) return Promise.resolve(err(why));
        own.set('speaking');
        return Promise.resolve(ok(undefined));
      },
      stop: () => own.set('silent'),
    },
    refused: (text) => heard.push(text),
    now: () => now,
  });
});
function press(ms: number): void {
  talk.press();
  now += ms;
  talk.release();
}

test('held, it talks until it is let go', () => {
  talk.press();
  expect(own.get()).toBe('speaking');
  now += 2000;
  // A key that is held says so again and again.
  talk.press();
  talk.release();
  expect(own.get()).toBe('silent');
});

test('a tap stays on until the next press, which ends it whether short or long', () => {
  press(100);
  expect(own.get()).toBe('speaking');
  press(100);
  expect(own.get()).toBe('silent');
  press(100);
  press(2000);
  expect(own.get()).toBe('silent');
});

test('a page that is left with the key down falls silent, one that was left on goes on', () => {
  talk.press();
  talk.forget();
  expect(own.get()).toBe('silent');
  press(100);
  talk.forget();
  expect(own.get()).toBe('speaking');
});

test('what ended by itself begins again with the next press', () => {
  press(100);
  own.set('silent');
  talk.press();
  expect(own.get()).toBe('speaking');
});

test('a refusal is told', async () => {
  why = 'No microphone was found.';
  talk.press();
  await Promise.resolve();
  expect(heard).toEqual(['No microphone was found.']);
});
