import { CLOSE } from '../../protocol';

export interface Refusal {
  /** A sentence for the user. */
  readonly why: string;
  /** Whether opening the session again can help. */
  readonly retry: boolean;
}

const BY_CODE: Readonly<Record<number, Refusal>> = {
  [CLOSE.malformed]: {
    why: 'This page no longer understands the service. Reload it; what you changed is kept in this browser.',
    retry: true,
  },
  [CLOSE.unauthenticated]: {
    why: 'We no longer know who you are. Open the session again; what you changed is kept in this browser.',
    retry: true,
  },
  [CLOSE.forbidden]: { why: 'You no longer have access to this session. Ask its owner for a new invite.', retry: false },
  [CLOSE.notFound]: {
    why: 'This session no longer exists, or it is no longer shared with you. Ask its owner for a new invite.',
    retry: false,
  },
  [CLOSE.refused]: {
    why: 'Your last change could not be taken into the mix. Everybody else’s work is safe; start again from the shared mix.',
    retry: true,
  },
  [CLOSE.tooLarge]: {
    why: 'Your last change was too large for one step. Everybody else’s work is safe; start again from the shared mix.',
    retry: true,
  },
  [CLOSE.tooFast]: { why: 'Too many changes came from here at once, so this page was let go. Wait a moment and reconnect.', retry: true },
};

/** For who may no longer change the mix, with changes that the service has therefore left out. */
export const LEFT_OUT: Refusal = {
  why: 'You may no longer change this mix, so your last changes were not taken. Start again from the shared mix, or ask its owner.',
  retry: true,
};

/** What to tell somebody whose connection was closed for good with `code` (44xx). */
export function refusalOf(code: number): Refusal {
  return BY_CODE[code] ?? { why: `The connection was refused (${code}). Reload the page to try again.`, retry: true };
}
