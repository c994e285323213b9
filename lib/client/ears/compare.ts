import type { Ears, ListeningWay } from '../../protocol';

/** Something by which one page hears what the others do not. */
export type EarsFinding =
  | { readonly what: 'failed' }
  | { readonly what: 'stems'; readonly lacking: number; readonly lacks: Ears['lacks'] }
  /** Another mix than the one most pages have. */
  | { readonly what: 'mix'; readonly unsaved: number }
  /** The same mix, and other samples. */
  | { readonly what: 'samples' }
  | { readonly what: 'effects'; readonly count: number }
  | { readonly what: 'ways'; readonly ways: readonly ListeningWay[] }
  | { readonly what: 'gaps'; readonly count: number }
  | { readonly what: 'moved'; readonly count: number };

/** One page as it is compared; `ears` is null where it says nothing of itself. */
export interface Listener {
  readonly client: number;
  readonly me: boolean;
  readonly ears: Ears | null;
}

/**
 * What is said of a page where no finding speaks against it. `silent`: nothing sounds there yet. `unknown`: it does not say. `alike`
 * is to the sample: it and at least one other have rendered the same samples of the same mix. `same`: the same mix and stems.
 */
export type EarsVerdict = 'alike' | 'same' | 'silent' | 'unknown';

export interface Compared {
  readonly client: number;
  readonly findings: readonly EarsFinding[];
  readonly verdict: EarsVerdict;
}

/** Those with the same answer to a question. */
interface Camp {
  readonly answer: string;
  readonly listeners: readonly Told[];
}

type Told = Listener & { readonly ears: Ears };

const isTold = (listener: Listener): listener is Told => listener.ears !== null;

/** The answer that most gave; of equally many that of those with nothing unsaved, then mine, then the one that sorts first. */
function prevailing(listeners: readonly Told[], answerOf: (ears: Ears) => string | null): Camp | null {
  const camps = new Map<string, Told[]>();
  for (const listener of listeners) {
    const answer = answerOf(listener.ears);
    if (answer !== null) camps.set(answer, [...(camps.get(answer) ?? []), listener]);
  }
  const unsaved = (camp: Camp) => Number(camp.listeners.every(({ ears }) => ears.unsaved > 0));
  const mine = (camp: Camp) => Number(camp.listeners.some(({ me }) => me));
  const ranked = [...camps]
    .map(([answer, members]) => ({ answer, listeners: members }))
    .sort(
      (a, b) => b.listeners.length - a.listeners.length || unsaved(a) - unsaved(b) || mine(b) - mine(a) || (a.answer < b.answer ? -1 : 1),
    );
  return ranked[0] ?? null;
}

/** A start on a slow machine is put right once or twice; more is a machine that does not keep time. */
const OFTEN_MOVED = 3;

/** What of a page's own report means that it hears something else, whatever the others say. */
function ownFindings({ sound, lacking, lacks, effects, ways, gaps, moved }: Ears): EarsFinding[] {
  const on = sound === 'on';
  const findings: (EarsFinding | false)[] = [
    sound === 'failed' && { what: 'failed' },
    lacking > 0 && { what: 'stems', lacking, lacks },
    effects > 0 && { what: 'effects', count: effects },
    on && ways.length > 0 && { what: 'ways', ways },
    on && gaps > 0 && { what: 'gaps', count: gaps },
    on && moved >= OFTEN_MOVED && { what: 'moved', count: moved },
  ];
  return findings.filter((finding) => finding !== false);
}

/** Compares what pages say they play; each with what prevails among all. In their order. */
export function compareEars(listeners: readonly Listener[]): readonly Compared[] {
  const told = listeners.filter(isTold);
  const mix = prevailing(told, (ears) => ears.mix);
  const print = mix && prevailing(mix.listeners, (ears) => ears.print);
  return listeners.map(({ client, ears }) => {
    if (!ears) return { client, findings: [], verdict: 'unknown' };
    const findings = ownFindings(ears);
    const otherMix = mix !== null && ears.mix !== null && ears.mix !== mix.answer;
    if (otherMix) findings.push({ what: 'mix', unsaved: ears.unsaved });
    const printed = !otherMix && ears.mix !== null && ears.print !== null;
    if (printed && print && ears.print !== print.answer) findings.push({ what: 'samples' });
    const alike = printed && ears.print === print?.answer && print.listeners.length > 1;
    return { client, findings, verdict: ears.sound === 'off' ? 'silent' : alike ? 'alike' : 'same' };
  });
}
