import { check, type StripMeasure, type StripSound } from '../../analysis';
import type { StripId } from '../../mix';
import type { CheckOrder, FromCheckWorker, ToCheckWorker } from './messages';

const scope = self as unknown as {
  postMessage(message: FromCheckWorker): void;
  onmessage: ((event: MessageEvent<ToCheckWorker>) => void) | null;
};

/** What a strip shows by itself, whatever the others are. */
const BY_ITSELF = new Set(['clipping', 'hum', 'noise', 'boom', 'resonance', 'sibilance', 'uneven', 'dry', 'mono']);

const kept = new Map<string, StripMeasure>();

function findingsOf({ mix, sounds, options, partial }: CheckOrder): FromCheckWorker {
  const known = new Map<StripId, StripSound>();
  for (const [id, names] of sounds) {
    const [before, after] = [kept.get(names.before), kept.get(names.after)];
    if (before && after) known.set(id, { before, after });
  }
  const findings = check(mix, known, options);
  return { findings: partial ? findings.filter(({ kind }) => BY_ITSELF.has(kind)) : findings };
}

scope.onmessage = ({ data }) => {
  if (data.do === 'keep') kept.set(data.name, data.measure);
  else if (data.do === 'forget') kept.delete(data.name);
  else scope.postMessage(findingsOf(data));
};
