import type { Change, Marker, MarkerId } from '../../lib/mix';
import { newId } from '../../lib/std';

/** Adds a named moment. */
export function addMarker(
  markers: ReadonlyMap<MarkerId, Marker>,
  at: number,
): { readonly id: MarkerId; readonly changes: readonly Change[] } {
  const id = newId();
  const fields = { name: `Marker ${markers.size + 1}`, at, kind: 'marker', color: markers.size % 12 };
  return { id, changes: [{ do: 'put', map: 'markers', id, fields }] };
}

export function renameMarker(id: MarkerId, name: string): readonly Change[] {
  return [{ do: 'put', map: 'markers', id, fields: { name } }];
}

/** A section lasts until the next one; a marker is one moment. */
export function setMarkerKind(id: MarkerId, kind: Marker['kind']): readonly Change[] {
  return [{ do: 'put', map: 'markers', id, fields: { kind } }];
}

export function removeMarker(id: MarkerId): readonly Change[] {
  return [{ do: 'remove', map: 'markers', id }];
}
