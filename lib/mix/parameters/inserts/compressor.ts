import { compressorRows } from '../dynamics';
import type { ParameterRow } from '../row';
import { owner, shared } from './shared';

/** The strip's compressor, once more. */
export const compressor: ParameterRow[] = [...shared(), ...compressorRows({ owner, id: '', label: '' })];
