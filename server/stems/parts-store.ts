import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { newId } from '../../lib/std';
import type { Blobs } from '../ports';
import { UPLOAD_EXPIRES_MS } from './upload-store';
import type { UploadRows } from './uploads-repository';

/** A part is held in memory until it is kept; what is lost when an instance ends is less than one. */
const PART_BYTES = 8 * 1024 * 1024;

/** What `@tus/server` writes to where any instance may get the next piece: each piece is kept as one blob or several. */
export class PartsStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];

  constructor(
    private readonly rows: UploadRows,
    private readonly blobs: Blobs,
    private readonly now: () => number,
  ) {
    super();
  }

  override async create(upload: Upload): Promise<Upload> {
    const metadata = JSON.stringify(upload.metadata ?? {});
    const row = { stem_id: upload.id, size: upload.size ?? 0, received: 0, metadata, created_at: this.now(), leased_until: null };
    await this.rows.insertUnlessThere(row);
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const row = await this.rows.find(id);
    if (!row || row.size === null) throw ERRORS.FILE_NOT_FOUND;
    const { size, received: offset, metadata, created_at } = row;
    return new Upload({ id, size, offset, metadata: JSON.parse(metadata), creation_date: new Date(created_at).toISOString() });
  }

  /** Keeps what comes until the stream ends or breaks. Of two that go on from the same place at once, one is told of the conflict. */
  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    let at = offset;
    let gathered: Uint8Array[] = [];
    let bytes = 0;
    const keep = async (): Promise<void> => {
      if (bytes === 0) return;
      await this.keepPart(id, at, Buffer.concat(gathered));
      at += bytes;
      gathered = [];
      bytes = 0;
    };
    try {
      for await (const chunk of stream) {
        gathered.push(chunk as Uint8Array);
        bytes += (chunk as Uint8Array).length;
        if (bytes >= PART_BYTES) await keep();
      }
    } finally {
      await keep();
    }
    return at;
  }

  private async keepPart(id: string, start: number, part: Uint8Array): Promise<void> {
    const blob = `uploads/${id}/${start}-${newId()}`;
    await this.blobs.put(blob, part);
    if (await this.rows.advance({ stem_id: id, start, bytes: part.length, blob })) return;
    await this.blobs.remove(blob);
    throw ERRORS.INVALID_OFFSET;
  }

  override async remove(id: string): Promise<void> {
    if (!(await this.rows.find(id))) throw ERRORS.FILE_NOT_FOUND;
    await this.forget(id);
  }

  /** As `remove`, whether it is there or not. */
  async forget(id: string): Promise<void> {
    await this.rows.remove(id);
    await this.blobs.remove(`uploads/${id}`);
  }

  override getExpiration(): number {
    return UPLOAD_EXPIRES_MS;
  }

  /** Removes parts whose upload is no more: an instance ended between the two. */
  override async deleteExpired(): Promise<number> {
    const seen = new Map<string, boolean>();
    for await (const key of this.blobs.list('uploads/')) {
      const id = key.split('/')[1] ?? '';
      if (!seen.has(id)) seen.set(id, (await this.rows.find(id)) !== undefined);
    }
    const left = [...seen].filter(([, there]) => !there);
    for (const [id] of left) await this.blobs.remove(`uploads/${id}`);
    return left.length;
  }
}
