import { type Alignment, alignmentSchema, type Stem } from '../../lib/protocol';
import type { StemsTable } from '../sql/database';

/** A stem as the API tells it. `progress` of what is under way is newer than the row's. */
export function stemInfo(row: StemsTable, progress: number = row.progress): Stem {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    filename: row.filename,
    status: row.status,
    progress: row.status === 'ready' ? 1 : row.status === 'failed' ? 0 : Math.min(1, progress),
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.note === null ? {} : { note: row.note }),
    frames: row.frames,
    channels: row.channels,
    sampleRate: row.sample_rate,
    loudness: row.loudness,
    manifestUrl: row.status === 'ready' ? `/media/${row.session_id}/${row.id}/manifest.json` : null,
    alignment: row.kind === 'reference' ? alignmentOf(row) : null,
  };
}

/** How a reference lies beside the song: both begin together unless somebody has said otherwise. */
export function alignmentOf({ alignment }: StemsTable): Alignment {
  return alignment === null ? { offset: 0, marks: [] } : alignmentSchema.parse(JSON.parse(alignment));
}
