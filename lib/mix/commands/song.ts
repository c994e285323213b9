import type { Seconds } from '../../units';
import type { Marker, MarkerId, Mix } from '../model/mix';
import type { Change } from './change';

/** A named moment at `at` seconds. */
export function addMarker(marker: Pick<Marker, 'id' | 'name' | 'at' | 'kind'> & { readonly color?: number }): Change[] {
  const { id, name, at, kind, color } = marker;
  return [{ do: 'put', map: 'markers', id, fields: { name, at: Math.max(0, at), kind, ...(color === undefined ? {} : { color }) } }];
}

export function renameMarker(mix: Mix, id: MarkerId, name: string): Change[] {
  const clean = name.trim();
  return mix.markers.has(id) && clean !== '' ? [{ do: 'put', map: 'markers', id, fields: { name: clean } }] : [];
}

export function moveMarker(mix: Mix, id: MarkerId, at: Seconds): Change[] {
  return mix.markers.has(id) ? [{ do: 'put', map: 'markers', id, fields: { at: Math.max(0, at) } }] : [];
}

export function removeMarker(mix: Mix, id: MarkerId): Change[] {
  return mix.markers.has(id) ? [{ do: 'remove', map: 'markers', id }] : [];
}

/** Quarter notes per minute, brought into 20…400. */
export function setTempo(tempo: number): Change[] {
  return [{ do: 'put', map: 'settings', id: 'mix', fields: { tempo: Math.min(400, Math.max(20, tempo)) } }];
}

/** Beats in a bar (1…32), and the note that is one beat. */
export function setMetre(beats: number, unit: 1 | 2 | 4 | 8 | 16): Change[] {
  return [{ do: 'put', map: 'settings', id: 'mix', fields: { beats: Math.min(32, Math.max(1, Math.round(beats))), 'beat.unit': unit } }];
}
