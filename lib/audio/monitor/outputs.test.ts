import { expect, it } from 'vitest';
import { SoundOutputs } from './outputs';
import { recall } from './remembered';

function shelf() {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
}

const device = (deviceId: string, label: string, kind: MediaDeviceKind = 'audiooutput') => ({
  deviceId,
  label,
  kind,
  groupId: '',
  toJSON: () => ({}),
});

function room(list: readonly MediaDeviceInfo[]) {
  return { enumerateDevices: async () => [...list], getUserMedia: () => Promise.reject(new Error('nobody asks here')) };
}

it('the nudge belongs to the device, and comes back with it', async () => {
  const storage = shelf();
  const heard: number[] = [];
  const outputs = new SoundOutputs(storage, room([]), true, (ms) => heard.push(ms));
  await outputs.connect({ setSinkId: async () => {} });
  await outputs.choose('headset');
  outputs.setNudge(180);
  await outputs.choose('');
  expect(outputs.nudge.get()).toBe(0);
  await outputs.choose('headset');
  expect(heard).toEqual([0, 0, 180, 0, 180]);
  const later = new SoundOutputs(storage, room([]), true, () => {});
  expect([later.chosen.get(), later.nudge.get()]).toEqual(['headset', 180]);
});

it('a remembered device that is gone gives way to the system, and says nothing', async () => {
  const storage = shelf();
  const before = new SoundOutputs(storage, room([]), true, () => {});
  await before.choose('gone');
  const outputs = new SoundOutputs(storage, room([]), true, () => {});
  await outputs.connect({ setSinkId: () => Promise.reject(new Error('NotFoundError')) });
  expect(outputs.chosen.get()).toBe('');
  expect(recall(storage).output).toBe('');
});

it('a device that refuses changes nothing, and says what to do', async () => {
  const outputs = new SoundOutputs(shelf(), room([]), true, () => {});
  await outputs.connect({ setSinkId: () => Promise.reject(new Error('NotFoundError')) });
  await expect(outputs.choose('broken')).rejects.toThrow('Choose another one');
  expect(outputs.chosen.get()).toBe('');
});

it('devices are listed with their names, or numbered while the browser keeps the names to itself', async () => {
  const names = [device('default', 'Default'), device('a', 'Speakers'), device('m', 'Microphone', 'audioinput')];
  const outputs = new SoundOutputs(shelf(), room(names), true, () => {});
  await outputs.refresh();
  expect(outputs.list.get().map(({ name }) => name)).toEqual(["The system's output", 'Speakers']);
  expect(outputs.named.get()).toBe(true);
  const unnamed = new SoundOutputs(shelf(), room([device('', ''), device('b', '')]), true, () => {});
  await unnamed.refresh();
  expect(unnamed.list.get().map(({ name }) => name)).toEqual(["The system's output", 'Output 1']);
  expect(unnamed.named.get()).toBe(false);
});
