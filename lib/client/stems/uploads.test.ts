import { expect, test, vi } from 'vitest';
import { Scope } from '../../std';
import { type Unpack, Uploads } from './uploads';

vi.mock('tus-js-client', () => ({
  DetailedError: class extends Error {},
  Upload: class {
    constructor(
      private readonly file: File,
      private readonly options: { onProgress(sent: number, total: number): void; onSuccess(): void },
    ) {
      running.set(file.name, this);
    }
    send(sent: number) {
      if (sent < this.file.size) this.options.onProgress(sent, this.file.size);
      else this.options.onSuccess();
    }
    findPreviousUploads = async () => [];
    start() {}
    abort = async () => {};
  },
}));
const running = new Map<string, { send(bytes: number): void }>();

const file = (name: string, size: number) => new File([new Uint8Array(size)], name);
const settled = () => new Promise((resolve) => setImmediate(resolve));

function opened(unpack?: Unpack) {
  running.clear();
  const uploads = new Uploads('', 's', new Scope(), unpack);
  const send = async (name: string, bytes: number) => {
    await settled();
    running.get(name)?.send(bytes);
  };
  return { uploads, send };
}

test('of several files it is told how many have arrived, and how much of all', async () => {
  const { uploads, send } = opened();
  uploads.add([file('a.wav', 100), file('b.wav', 300)]);
  await send('b.wav', 150);
  expect(uploads.arriving.get()).toEqual({ files: 2, arrived: 0, progress: 150 / 400 });
  await send('a.wav', 100);
  expect(uploads.arriving.get()).toEqual({ files: 2, arrived: 1, progress: 250 / 400 });
  await send('b.wav', 300);
  expect([uploads.arriving.get(), uploads.list.get()]).toEqual([null, []]);
  // What comes later is counted anew.
  uploads.add([file('c.wav', 100)]);
  expect(uploads.arriving.get()).toEqual({ files: 1, arrived: 0, progress: 0 });
});

test('the stems of a ZIP are sent as they come out, while it is still unpacked', async () => {
  let goOn = () => {};
  const { uploads, send } = opened(async function* (_, progress) {
    yield file('Kick.wav', 100);
    progress(0.5);
    await new Promise<void>((resolve) => (goOn = resolve));
    yield file('Bass.wav', 100);
  });
  uploads.add([file('song.zip', 1000)]);
  await settled();
  const shown = () => uploads.list.get().map(({ filename, doing, progress }) => `${filename} ${doing} ${progress}`);
  expect(shown()).toEqual(['song.zip unpacking 0.5', 'Kick.wav sending 0']);
  await send('Kick.wav', 100);
  goOn();
  await settled();
  expect(shown()).toEqual(['Bass.wav sending 0']);
  expect(uploads.arriving.get()).toEqual({ files: 2, arrived: 1, progress: 0.5 });
});

test('a ZIP that cannot be read, or has no stems, says so; one that is given up is gone', async () => {
  const { uploads } = opened(async function* (zip, _, cancel) {
    if (zip.name === 'broken.zip') throw new Error('It is damaged.');
    if (zip.name === 'endless.zip') await new Promise((_resolve, reject) => cancel.addEventListener('abort', () => reject(cancel.reason)));
    yield* [];
  });
  uploads.add([file('broken.zip', 1), file('empty.zip', 1), file('endless.zip', 1)]);
  await settled();
  expect(uploads.list.get().map(({ filename, error }) => [filename, error])).toEqual([
    ['broken.zip', 'It is damaged.'],
    ['empty.zip', expect.stringContaining('no audio file')],
    ['endless.zip', null],
  ]);
  uploads.cancel(uploads.list.get()[2]?.id ?? '');
  await settled();
  expect(uploads.list.get().map(({ filename }) => filename)).toEqual(['broken.zip', 'empty.zip']);
});
