import type { EarsFinding, PersonEars } from '../../lib/client';
import type { Mix } from '../../lib/mix';
import { exhaustive } from '../../lib/std';
import { count } from './words';

type Lack = Extract<EarsFinding, { what: 'stems' }>['lacks'][number]['why'];
type Way = Extract<EarsFinding, { what: 'ways' }>['ways'][number];

const LACKS: Readonly<Record<Lack, string>> = {
  absent: 'not ready there yet',
  loading: 'still loading',
  failing: 'cannot be fetched just now, tried again',
  damaged: 'a piece came damaged and stays silent',
  'no room': 'not enough memory',
};

const WAYS: Readonly<Record<Way, string>> = {
  solo: 'solo',
  'after fader': 'solo after the fader',
  'before fader': 'solo before the fader',
  key: 'a side-chain alone',
  mono: 'mono',
  side: 'only the side signal',
  swapped: 'left and right swapped',
  inverted: 'the left side inverted',
  lows: 'lows only',
  mids: 'mids only',
  highs: 'highs only',
  crossfeed: 'headphone crossfeed',
  'own mix': 'a draft or another version in place of the mix',
};

/** The name of the strip that plays a stem. */
function stemName(mix: Mix, stem: string): string | undefined {
  return [...mix.strips.values()].find((strip) => strip.stem === stem)?.name;
}

/** The stems by their strips' names, then why: one reason after another. */
function lackWords(mix: Mix, { lacking, lacks }: Extract<EarsFinding, { what: 'stems' }>): string {
  const names = lacks.map(({ stem }) => stemName(mix, stem) ?? 'one without a strip');
  const rest = lacking - names.length;
  const reasons = [...new Set(lacks.map(({ why }) => LACKS[why]))];
  return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''} – ${reasons.join('; ')}`;
}

/** What follows a name: `Ben` + ` is missing 2 stems: …`. For oneself `you` speaks of you. */
function findingWords(mix: Mix, finding: EarsFinding, you: boolean): string {
  const [are, hear] = you ? ['are', 'hear'] : ['is', 'hears'];
  switch (finding.what) {
    case 'failed':
      return `${you ? 'have' : 'has'} no sound: it could not be started`;
    case 'stems':
      return `${are} missing ${count(finding.lacking, 'stem', 'stems')}: ${lackWords(mix, finding)}`;
    case 'mix':
      return finding.unsaved > 0
        ? `${hear} another mix: ${count(finding.unsaved, 'change', 'changes')} not yet saved`
        : `${hear} another mix: changes of the others have not arrived`;
    case 'samples':
      return `${hear} other samples of the same mix; reload the page there, it may be an older version`;
    case 'effects':
      return `${hear} the mix without ${count(finding.count, 'effect', 'effects')}: not enough memory`;
    case 'ways':
      return `${you ? 'listen' : 'listens'} with ${finding.ways.map((way) => WAYS[way]).join(', ')}`;
    case 'gaps':
      return `had ${count(finding.count, 'gap', 'gaps')} in the sound in the last minute`;
    case 'moved':
      return `had the sound moved back into time ${finding.count} times in the last minute`;
    default:
      return exhaustive(finding);
  }
}

const QUIET: Readonly<Record<PersonEars['verdict'], (you: boolean) => string>> = {
  alike: (you) => `${you ? 'hear' : 'hears'} the same, compared sample by sample`,
  same: (you) => `${you ? 'hear' : 'hears'} the same mix`,
  silent: (you) => `${you ? 'have' : 'has'} not started the sound yet`,
  unknown: () => 'uses a program that does not say what it plays',
};

/** One sentence on each thing by which a page differs, or one that says that it does not. */
export function earsSentences(mix: Mix, { person, findings, verdict }: PersonEars): readonly string[] {
  const name = person.me ? 'You' : person.user.name;
  const words = findings.length > 0 ? findings.map((finding) => findingWords(mix, finding, person.me)) : [QUIET[verdict](person.me)];
  return words.map((rest) => `${name} ${rest}.`);
}

/** Of the device, where it is known: `44.1 kHz, 24 ms late, made up for`. */
export function deviceWords({ ears }: PersonEars): string {
  if (ears?.sound !== 'on') return '';
  const words = [
    ears.rate !== null && `device at ${ears.rate / 1000} kHz${ears.rate === 48_000 ? '' : ', converted by the browser'}`,
    ears.latency > 0 && `${ears.latency} ms to the ears`,
    ears.nudge !== 0 && `${Math.abs(ears.nudge)} ms ${ears.nudge > 0 ? 'earlier' : 'later'} by hand`,
  ];
  return words.filter((word) => word !== false).join(' · ');
}

export interface EarsGlance {
  readonly same: boolean;
  readonly text: string;
  /** Where there is little room: how many, or who. */
  readonly short: string;
}

/** All of it in a glance: how many hear the same, or who does not. */
export function earsGlance(list: readonly PersonEars[]): EarsGlance {
  const [first, ...rest] = list.filter(({ findings }) => findings.length > 0);
  if (!first) {
    const hearing = list.filter(({ verdict }) => verdict === 'alike' || verdict === 'same').length;
    const short = hearing > 1 ? `${hearing}` : '';
    return { same: true, text: `same ears ${short}`.trim(), short };
  }
  if (rest.length > 0) return { same: false, text: `${rest.length + 1} hear something else`, short: `${rest.length + 1}` };
  const short = first.person.me ? 'you' : first.person.user.name;
  return { same: false, text: `${short} ${first.person.me ? 'hear' : 'hears'} something else`, short };
}
