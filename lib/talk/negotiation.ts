import type { TalkSignal } from '../protocol';

export type Description = Extract<TalkSignal, { readonly description: unknown }>['description'];
export type Candidate = Extract<TalkSignal, { readonly candidate: unknown }>['candidate'];

/**
 * How far two pages are with agreeing on their connection, as one of them sees it. `making` an offer of one's own; it is `offered`;
 * `answering` the other's. Nothing here waits or knows a browser: `negotiate` says what is to be done, one step after another.
 */
export interface Negotiation {
  /** Of two offers that meet, that of the one who is not polite counts. Exactly one of two pages is. */
  readonly polite: boolean;
  readonly phase: 'stable' | 'making' | 'offered' | 'answering';
  /** The other's last offer was passed over, and so are its candidates. */
  readonly ignoring: boolean;
  /** Answers that are being made: of several the last counts. */
  readonly owed: number;
  /** New ways are wanted as soon as this is settled. */
  readonly again: boolean;
}

export type Happening =
  /** A connection is wanted, or new ways for one that has none left. */
  | { readonly what: 'wanted'; readonly restart: boolean }
  /** A step `offer` or `answer` has made this description. */
  | { readonly what: 'made'; readonly description: Description }
  | { readonly what: 'heard'; readonly signal: TalkSignal };

export type Step =
  /** Make an offer and set it here; tell what it is. */
  | { readonly do: 'offer'; readonly restart: boolean }
  /** Make an answer and set it here; tell what it is. */
  | { readonly do: 'answer' }
  /** Set what the other said; an offer of one's own that is in the way is withdrawn. */
  | { readonly do: 'take'; readonly description: Description }
  | { readonly do: 'candidate'; readonly candidate: Candidate }
  | { readonly do: 'send'; readonly signal: TalkSignal };

type Next = readonly [Negotiation, readonly Step[]];

export const settled = (polite: boolean): Negotiation => ({ polite, phase: 'stable', ignoring: false, owed: 0, again: false });

/** Perfect negotiation (W3C WebRTC, 10.7) over steps that are done one after another. Pure. */
export function negotiate(now: Negotiation, happening: Happening): Next {
  switch (happening.what) {
    case 'wanted':
      return want(now, happening.restart);
    case 'made':
      return made(now, happening.description);
    case 'heard':
      return 'description' in happening.signal ? heard(now, happening.signal.description) : candidate(now, happening.signal.candidate);
  }
}

function want(now: Negotiation, restart: boolean): Next {
  if (now.phase !== 'stable') return [{ ...now, again: now.again || restart }, []];
  return [{ ...now, phase: 'making', again: false }, [{ do: 'offer', restart }]];
}

/** Settled: what was wanted meanwhile is wanted now. */
function settle(now: Negotiation, steps: readonly Step[]): Next {
  const stable: Negotiation = { ...now, phase: 'stable', owed: 0 };
  if (!now.again) return [stable, steps];
  const [next, more] = want(stable, true);
  return [next, [...steps, ...more]];
}

function made(now: Negotiation, description: Description): Next {
  const send: Step = { do: 'send', signal: { description } };
  if (description.type === 'offer') {
    // Withdrawn while it was made: the other's came first.
    return now.phase === 'making' ? [{ ...now, phase: 'offered' }, [send]] : [now, []];
  }
  if (now.owed > 1) return [{ ...now, owed: now.owed - 1 }, []];
  return settle(now, [send]);
}

function heard(now: Negotiation, description: Description): Next {
  if (description.type === 'answer') {
    // An answer to what was withdrawn.
    if (now.phase !== 'offered') return [now, []];
    return settle({ ...now, ignoring: false }, [{ do: 'take', description }]);
  }
  const meets = now.phase === 'making' || now.phase === 'offered';
  if (meets && !now.polite) return [{ ...now, ignoring: true }, []];
  // The other's offer brings what one's own was to bring.
  const again = meets ? false : now.again;
  return [{ ...now, phase: 'answering', ignoring: false, owed: now.owed + 1, again }, [{ do: 'take', description }, { do: 'answer' }]];
}

const candidate = (now: Negotiation, found: Candidate): Next => [now, now.ignoring ? [] : [{ do: 'candidate', candidate: found }]];
