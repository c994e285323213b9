import type { Compared, EarsFinding } from './compare';

const keyOf = (client: number, { what }: EarsFinding) => `${client} ${what}`;

/** Lets through only what has stood for a while, so that nobody is warned of what is gone before it is read. */
export class StandingFindings {
  private since: ReadonlyMap<string, number> = new Map();

  /** What has stood for `stands` by `now`, both in milliseconds, with its newest figures. */
  look(compared: readonly Compared[], now: number, stands: number): readonly Compared[] {
    const since = new Map<string, number>();
    const stood = (client: number, finding: EarsFinding) => {
      const key = keyOf(client, finding);
      const began = this.since.get(key) ?? now;
      since.set(key, began);
      return now - began >= stands;
    };
    const standing = compared.map((one) => ({ ...one, findings: one.findings.filter((finding) => stood(one.client, finding)) }));
    this.since = since;
    return standing;
  }
}
