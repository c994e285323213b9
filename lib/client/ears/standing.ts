import type { Compared, EarsFinding } from './compare';

/** What passes sooner is no difference: a change under way, a seek, a stem that just loads. */
export const STANDS_MS = 3000;

const keyOf = (client: number, { what }: EarsFinding) => `${client} ${what}`;

/** Lets through only what has stood for a while, so that nobody is warned of what is gone before it is read. */
export class StandingFindings {
  private since: ReadonlyMap<string, number> = new Map();

  /** `now` in milliseconds. What is said of a page that has differed and still does stays, with its newest figures. */
  look(compared: readonly Compared[], now: number): readonly Compared[] {
    const since = new Map<string, number>();
    const stands = (client: number, finding: EarsFinding) => {
      const key = keyOf(client, finding);
      const began = this.since.get(key) ?? now;
      since.set(key, began);
      return now - began >= STANDS_MS;
    };
    const standing = compared.map((one) => ({ ...one, findings: one.findings.filter((finding) => stands(one.client, finding)) }));
    this.since = since;
    return standing;
  }
}
