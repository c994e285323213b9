import * as decoding from 'lib0/decoding';
import { expect, test } from 'vitest';
import { MESSAGE } from '../../lib/protocol';
import { encodeSaved } from './codec';

test.each([0, 1, 127, 128, 300, 16_383, 16_384, 2 ** 31 - 1, 2 ** 40])('that the first %i are on disk is read as it was written', (n) => {
  const decoder = decoding.createDecoder(encodeSaved(n));
  expect([decoding.readVarUint(decoder), decoding.readVarUint(decoder), decoding.hasContent(decoder)]).toEqual([MESSAGE.saved, n, false]);
});
