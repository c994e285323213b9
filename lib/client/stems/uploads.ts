import { DetailedError, Upload as TusUpload } from 'tus-js-client';
import { createStore, newId, type ReadableStore, type Scope } from '../../std';
import { problemOf, UNREACHABLE } from '../api/problem';
import type { Upload } from '../types';

const AT_ONCE = 3;
const RETRY_MS = [0, 1000, 3000, 5000, 10_000];

interface Job {
  readonly upload: Upload;
  readonly file: File;
  tus: TusUpload | null;
}

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
  private readonly jobs = new Map<string, Job>();

  constructor(
    private readonly origin: string,
    private readonly session: string,
    scope: Scope,
  ) {
    scope.add(() => {
      for (const job of this.jobs.values()) void job.tus?.abort();
    });
  }

  add(files: readonly File[]): void {
    for (const file of files) {
      const upload: Upload = { id: newId(), filename: file.name, progress: 0, error: null };
      this.jobs.set(upload.id, { upload, file, tus: null });
      this.store.set([...this.store.get(), upload]);
    }
    this.startNext();
  }

  /** Ends an upload and removes what had arrived; also takes a failed one off the list. */
  cancel(id: string): void {
    const job = this.jobs.get(id);
    // What has failed may be gone over there already; there is nothing to tell about either way.
    void job?.tus?.abort(true).catch(() => {});
    this.drop(id);
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
      metadata: { sessionId: this.session, filename },
      retryDelays: RETRY_MS,
      onShouldRetry: (error) => worthRetrying(error),
      removeFingerprintOnSuccess: true,
      fingerprint: async (file) => [this.session, file.name, file.size, file.lastModified].join('/'),
      onProgress: (sent, total) => this.change(id, { progress: total > 0 ? sent / total : 1 }),
      onSuccess: () => this.drop(id),
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
