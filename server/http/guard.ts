import type { Context } from 'hono';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from '../config';
import { type Env, whoAsks } from './api';
import { Refusal } from './problem';

type Check = (context: Context<Env>) => Promise<void>;

/** How often things may be asked for: each refuses with 429 and `Retry-After`. */
export interface Guard {
  /** New guests, by address. */
  readonly guests: Check;
  /** Looking at invites, by address: guessing tokens stays hopeless. */
  readonly looks: Check;
  readonly sessions: Check;
  readonly comments: Check;
  readonly history: Check;
  /** Signing in and up, and forgotten passwords, by address. */
  readonly signIns: Check;
  /** Signing in to one account, from wherever. */
  readonly signInsTo: (email: string) => Promise<void>;
  readonly profiles: Check;
  /** Logging in to the administration, by address. */
  readonly logins: Check;
}

/** Counts how often something was asked for: `points` in 60 s for each key. `name` is the same on all instances. */
export type Limits = (name: string, points: number) => Pick<RateLimiterAbstract, 'consume'>;

export const inMemory: Limits = (_, points) => new RateLimiterMemory({ points, duration: 60 });
const LOGINS_PER_MINUTE = 10;
const PROFILES_PER_MINUTE = 20;

export function createGuard(
  config: Pick<
    Config,
    | 'SIGN_INS_PER_MINUTE'
    | 'GUESTS_PER_MINUTE'
    | 'INVITE_LOOKS_PER_MINUTE'
    | 'SESSIONS_PER_MINUTE'
    | 'COMMENTS_PER_MINUTE'
    | 'HISTORY_PER_MINUTE'
  >,
  limits: Limits = inMemory,
): Guard {
  const byAddress = (points: number, what: string) => check(limits, points, what, (context) => context.get('address'));
  const byPerson = (points: number, what: string) => check(limits, points, what, (context) => whoAsks(context).id);
  return {
    guests: byAddress(config.GUESTS_PER_MINUTE, 'new guests'),
    looks: byAddress(config.INVITE_LOOKS_PER_MINUTE, 'looks at invites'),
    sessions: byPerson(config.SESSIONS_PER_MINUTE, 'new sessions'),
    comments: byPerson(config.COMMENTS_PER_MINUTE, 'comments'),
    history: byPerson(config.HISTORY_PER_MINUTE, 'looks at the history'),
    signIns: byAddress(config.SIGN_INS_PER_MINUTE, 'sign-ins'),
    signInsTo: atMost(limits, config.SIGN_INS_PER_MINUTE, 'sign-ins to one account'),
    profiles: byPerson(PROFILES_PER_MINUTE, 'changes of a profile'),
    logins: byAddress(LOGINS_PER_MINUTE, 'logins'),
  };
}

function check(limits: Limits, points: number, what: string, keyOf: (context: Context<Env>) => string): Check {
  const take = atMost(limits, points, what);
  return (context) => take(keyOf(context));
}

/** Counts `what` by a key, at most `points` a minute; rejects with 429 beyond that. */
export function atMost(limits: Limits, points: number, what: string): (key: string) => Promise<void> {
  const limiter = limits(what, points);
  return async (key) => {
    try {
      await limiter.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.ceil(error.msBeforeNext / 1000);
      throw new Refusal(429, `That is more than ${points} ${what} a minute. Nothing is lost; try again in ${seconds} s.`, {
        'retry-after': String(seconds),
      });
    }
  };
}
