import { downloadZip } from 'client-zip';
import type { Engine, MixdownOptions, MixdownReport, Normalisation } from '../../../lib/audio';
import type { Mix, Strip } from '../../../lib/mix';
import type { Loop } from '../../../lib/protocol';
import { fileName, level } from '../words';
import { type Choices, FORMATS, LEVELS, stretchOf } from './choices';

/** What is there to be exported from. */
export interface Exportable {
  readonly engine: Pick<Engine, 'mixdown' | 'source'>;
  readonly title: string;
  readonly loop: Loop | null;
}

export interface Exported {
  readonly file: Blob;
  readonly name: string;
  readonly seconds: number;
  /** Of the one file of a mix; null where there are many. */
  readonly levels: Pick<MixdownReport, 'integrated' | 'truePeak' | 'gain'> | null;
  /** What it was to be brought to; null where it was left as it is. */
  readonly goal: Normalisation | null;
  /** How many files are in it. */
  readonly files: number;
}

/** Why a file is quieter than it was to be; null where it is not. */
export function shortOfGoal({ levels, goal }: Pick<Exported, 'levels' | 'goal'>): string | null {
  if (!levels || goal?.to !== 'loudness') return null;
  const short = goal.target - levels.integrated;
  if (short < 0.1) return null;
  return `It stays ${short.toFixed(1)} dB below ${level(goal.target)} LUFS: its peaks come to ${level(goal.ceiling)} dBTP first. More limiter gain on the master makes room.`;
}

/** The strips that give a file each: all with a stem, or groups and what goes to the master past them; effects by themselves never. */
export function stripsToExport(mix: Mix, what: 'stems' | 'groups'): readonly Strip[] {
  const strips = [...mix.strips.values()];
  if (what === 'stems') return strips.filter(({ kind, stem }) => kind === 'stem' && stem !== null);
  const into = (id: string | null) => (id === null ? undefined : mix.strips.get(id)?.kind);
  return strips.filter(
    (strip) => (strip.kind === 'group' || (strip.kind === 'stem' && strip.stem !== null)) && into(strip.output) === 'master',
  );
}

const chosen = <T extends { readonly value: string }>(list: readonly T[], value: T['value']): T => {
  const found = list.find((one) => one.value === value);
  if (!found) throw new Error(`There is no choice ${value}.`);
  return found;
};

/** Names of files in the order of the strips; equal names are told apart by their number. */
const numbered = (strip: Strip, index: number, extension: string) =>
  `${String(index + 1).padStart(2, '0')} ${fileName(strip.name)}.${extension}`;

/** Renders what was chosen, all of it of the mix as it is now, whatever others do meanwhile. `progress` from 0 to 1. Rejects with `AbortError` when cancelled, else with a sentence for the user. */
export async function makeExport(
  { engine, title, loop }: Exportable,
  choices: Choices,
  progress: (done: number) => void,
  cancel: AbortSignal,
): Promise<Exported> {
  const { format, extension } = chosen(FORMATS, choices.format);
  // Files brought to a level one by one would no longer add up to the mix.
  const { normalise } = chosen(LEVELS, choices.what === 'mix' ? choices.level : 'as-is');
  const source = engine.source();
  const { stretch, why } = stretchOf(choices, loop, source.length);
  if (why) throw new Error(why);
  const options: MixdownOptions = {
    source,
    format,
    tail: Number(choices.tail),
    ...stretch,
    ...(normalise && { normalise }),
  };
  if (choices.what === 'mix') {
    const report = await engine.mixdown(options, progress, cancel);
    return { ...report, name: `${fileName(title)}.${extension}`, levels: report, goal: normalise, files: 1 };
  }
  const { effects, master } = choices;
  const strips = stripsToExport(source.mix, choices.what);
  const files: { name: string; input: Blob }[] = [];
  let seconds = 0;
  for (const [index, strip] of strips.entries()) {
    const part = { strip: strip.id, effects, master };
    const report = await engine.mixdown({ ...options, part }, (done) => progress((index + done) / strips.length), cancel);
    files.push({ name: numbered(strip, index, extension), input: report.file });
    seconds = report.seconds;
  }
  const file = await downloadZip(files).blob();
  return { file, name: `${fileName(title)} ${choices.what}.zip`, seconds, levels: null, goal: null, files: files.length };
}
