import { continuous, toggle } from './build';
import type { ParameterRow } from './row';

/** The parameters of a send from a strip to an aux. */
export const SEND_ROWS: readonly ParameterRow[] = [
  continuous({ owner: 'send', id: 'level', label: 'Send', short: 'Send', help: 'How much of this strip goes to the effect.' }, 'dB', {
    min: -120,
    max: 10,
    default: -120,
    law: 'fader',
  }),
  toggle({
    owner: 'send',
    id: 'pre',
    label: 'Pre-fader',
    short: 'Pre',
    help: 'Sends what comes before the fader, so that moving the fader does not change the effect.',
  }),
];
