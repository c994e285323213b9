import { mkdirSync } from 'node:fs';
import { link, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { UPLOAD_EXPIRES_MS, type UploadStore } from './upload-store';

/** Uploads as files in a folder of this machine, for the only instance. */
export function folderUploads(directory: string): UploadStore {
  mkdirSync(directory, { recursive: true });
  const store = new FileStore({ directory, expirationPeriodInMilliseconds: UPLOAD_EXPIRES_MS });
  const underWay = new Set<string>();
  const pathOf = (stemId: string): string => join(directory, stemId);
  return {
    datastore: store,
    local: true,
    async arrival({ id }) {
      if (underWay.has(id)) return 'coming';
      if (!(await stat(pathOf(id)).catch(() => null))) return 'gone';
      const { offset, size } = await store.getUpload(id);
      return offset === size ? 'whole' : 'coming';
    },
    async missing(stemId) {
      const { offset, size } = await store.getUpload(stemId);
      return (size ?? 0) - offset;
    },
    // Linked, not moved: tus still looks at its own name for it afterwards.
    stage: (stemId, path) => link(pathOf(stemId), path),
    async alone(stemId, work) {
      if (underWay.has(stemId)) return null;
      underWay.add(stemId);
      try {
        return await work();
      } finally {
        underWay.delete(stemId);
      }
    },
    async remove(stemId) {
      for (const file of [pathOf(stemId), `${pathOf(stemId)}.json`]) await rm(file, { force: true });
    },
  };
}
