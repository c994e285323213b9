import { bandRows } from '../equaliser';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

/** The strip's six bands, once more. */
export const eq: ParameterRow[] = [...shared(), ...bandRows(owner)];
