import { gateRows } from '../dynamics';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

/** The strip's gate, once more. */
export const gate: ParameterRow[] = [...shared(), ...gateRows({ owner, id: '', label: '' })];
