import { addMarker, type Change, type Marker, type MarkerId, type Mix } from '../../lib/mix';
import { newId } from '../../lib/std';

/** Adds a moment with a name to begin with. */
export function addNumberedMarker({ markers }: Mix, at: number): { readonly id: MarkerId; readonly changes: readonly Change[] } {
  const id = newId();
  return { id, changes: addMarker({ id, name: `Marker ${markers.size + 1}`, at, kind: 'marker', color: markers.size % 12 }) };
}

/** A section lasts until the next one; a marker is one moment. */
export function setMarkerKind(id: MarkerId, kind: Marker['kind']): readonly Change[] {
  return [{ do: 'put', map: 'markers', id, fields: { kind } }];
}
