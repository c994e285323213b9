import { DetailedError, Upload as TusUpload } from 'tus-js-client';
import type { StemKind } from '../../protocol';
import { createStore, newId, type ReadableStore, type Scope } from '../../std';
import { problemOf, UNREACHABLE } from '../api/problem';
import type { Arriving, Upload } from '../types';
import { isZip, unpackZip } from './unpack';

const EMPTY = 'There is no audio file in this ZIP. Nothing was added.';
const AT_ONCE = 3;
const RETRY_MS = [0, 1000, 3000, 5000, 10_000];

interface Job {
  readonly upload: Upload;
  readonly file: File;
  readonly kind: StemKind;
  tus: TusUpload | null;
}

/** Takes the stems out of a ZIP; loaded when there is one. */
export type Unpack = (zip: File, progress: (done: number) => void, cancel: AbortSignal) => AsyncIterable<File>;

/** What to say of an upload that ended; the service's own words where it has some. */
function sentenceOf(error: Error): string {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response?.getStatus()) return UNREACHABLE;
  const text = response.getBody();
  let body: unknown;
  try {
    body = JSON.parse(text) as unknown;
  } catch {
    // The upload protocol answers in plain words.
    body = text.length > 0 && text.length < 300 && !text.includes('<') ? { detail: text } : undefined;
  }
  return problemOf(response.getStatus(), body).message;
}

/** A line or a service that fails may work again; what the service refuses, it refuses again. */
function worthRetrying(error: DetailedError): boolean {
  const status = error.originalResponse?.getStatus() ?? 0;
  // Two ends that disagree on how much has come (409) or one that is still busy with it (423) find together.
  return status === 0 || status >= 500 || (error.originalRequest.getMethod() === 'PATCH' && (status === 409 || status === 423));
}

/** Files on their way up, three at once, the tus 1.0 way: a lost connection goes on where it broke, a reload too. */
export class Uploads {
  private readonly store = createStore<readonly Upload[]>([]);
  readonly list: ReadableStore<readonly Upload[]> = this.store;
  private readonly arrivingStore = createStore<Arriving | null>(null);
  readonly arriving: ReadableStore<Arriving | null> = this.arrivingStore;
  private readonly jobs = new Map<string, Job>();
  private readonly unpacking = new Map<string, AbortController>();
  /** Of what has arrived since nothing was on its way. */
  private arrived = { files: 0, bytes: 0 };

  constructor(
    private readonly origin: string,
    private readonly session: string,
    scope: Scope,
    private readonly unpack: Unpack = unpackZip,
  ) {
    scope.add(() => {
      for (const job of this.jobs.values()) void job.tus?.abort();
      for (const cancel of this.unpacking.values()) cancel.abort();
    });
    scope.add(this.list.subscribe(() => this.count()));
  }

  add(files: readonly File[], kind: StemKind = 'stem'): void {
    for (const file of files) {
      const doing = isZip(file) ? 'unpacking' : 'sending';
      const upload: Upload = { id: newId(), filename: file.name, doing, progress: 0, bytes: file.size, error: null };
      if (doing === 'sending') this.jobs.set(upload.id, { upload, file, kind, tus: null });
      this.store.set([...this.store.get(), upload]);
      if (doing === 'unpacking') void this.takeOut(upload.id, file, kind);
    }
    this.startNext();
  }

  /** Ends an upload and removes what had arrived; also takes a failed one off the list. */
  cancel(id: string): void {
    const job = this.jobs.get(id);
    // What has failed may be gone over there already; there is nothing to tell about either way.
    void job?.tus?.abort(true).catch(() => {});
    this.unpacking.get(id)?.abort();
    this.drop(id);
  }

  /** Adds the stems of a ZIP as they come out of it. */
  private async takeOut(id: string, zip: File, kind: StemKind): Promise<void> {
    const cancel = new AbortController();
    this.unpacking.set(id, cancel);
    try {
      let found = 0;
      for await (const file of this.unpack(zip, (progress) => this.change(id, { progress }), cancel.signal)) {
        found++;
        this.add([file], kind);
      }
      if (found > 0) this.drop(id);
      else this.change(id, { error: EMPTY });
    } catch (error) {
      if (!cancel.signal.aborted) this.change(id, { error: error instanceof Error ? error.message : EMPTY });
    } finally {
      this.unpacking.delete(id);
    }
  }

  private count(): void {
    const files = this.store.get().filter(({ doing, error }) => doing === 'sending' && error === null);
    if (files.length === 0) {
      if (this.store.get().every(({ doing }) => doing === 'sending')) this.arrived = { files: 0, bytes: 0 };
      this.arrivingStore.set(null);
      return;
    }
    const bytes = files.reduce((all, file) => all + file.bytes, this.arrived.bytes);
    const sent = files.reduce((all, file) => all + file.bytes * file.progress, this.arrived.bytes);
    this.arrivingStore.set({
      files: files.length + this.arrived.files,
      arrived: this.arrived.files,
      progress: bytes > 0 ? sent / bytes : 0,
    });
  }

  private startNext(): void {
    const running = [...this.jobs.values()].filter((job) => job.tus && this.find(job)?.error === null).length;
    const waiting = [...this.jobs.values()].filter((job) => !job.tus).slice(0, Math.max(0, AT_ONCE - running));
    for (const job of waiting) void this.start(job);
  }

  private async start(job: Job): Promise<void> {
    const { id, filename } = job.upload;
    const tus = new TusUpload(job.file, {
      endpoint: `${this.origin}/api/uploads`,
      metadata: { sessionId: this.session, filename, kind: job.kind },
      retryDelays: RETRY_MS,
      onShouldRetry: (error) => worthRetrying(error),
      removeFingerprintOnSuccess: true,
      fingerprint: async (file) => [this.session, job.kind, file.name, file.size, file.lastModified].join('/'),
      onProgress: (sent, total) => this.change(id, { progress: total > 0 ? sent / total : 1 }),
      onSuccess: () => {
        this.arrived = { files: this.arrived.files + 1, bytes: this.arrived.bytes + job.file.size };
        this.drop(id);
      },
      onError: (error) => {
        this.change(id, { error: sentenceOf(error) });
        this.startNext();
      },
    });
    job.tus = tus;
    const [earlier] = await tus.findPreviousUploads().catch(() => []);
    if (!this.jobs.has(id)) return;
    if (earlier) tus.resumeFromPreviousUpload(earlier);
    tus.start();
  }

  private find(job: Job): Upload | undefined {
    return this.store.get().find((upload) => upload.id === job.upload.id);
  }

  private change(id: string, change: Partial<Upload>): void {
    this.store.set(this.store.get().map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }

  private drop(id: string): void {
    this.jobs.delete(id);
    this.store.set(this.store.get().filter((upload) => upload.id !== id));
    this.startNext();
  }
}
