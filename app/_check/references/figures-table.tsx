'use client';

import type { ProgrammeFigures } from '../../../lib/analysis';
import { useSession, useStore } from '../../_session';
import { signed } from './figures';

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly why: string;
  readonly of: (figures: ProgrammeFigures) => number | null;
}

const ROWS: readonly Row[] = [
  { name: 'Loudness', unit: 'LUFS', why: 'Integrated over what is compared', of: ({ integrated }) => integrated },
  { name: 'Loudest 3 s', unit: 'LUFS', why: 'The highest short-term loudness', of: ({ shortTermMost }) => shortTermMost },
  { name: 'Loudness range', unit: 'LU', why: 'From soft to loud passages (EBU Tech 3342)', of: ({ range }) => range },
  {
    name: 'Peak to loudness',
    unit: 'LU',
    why: 'True peak over integrated, whole song: how far peaks stand out',
    of: ({ peakToLoudness }) => peakToLoudness,
  },
];

/** Mix and reference side by side, and by how much the mix differs. */
export function FiguresTable() {
  const { references } = useSession();
  const { mix, reference } = useStore(references.figures);
  return (
    <table className="m-3 text-sm tabular-nums">
      <thead className="text-quiet text-xs">
        <tr>
          <th className="text-left font-normal">
            <span className="sr-only">Measure</span>
          </th>
          <th className="w-16 text-right font-normal">Mix</th>
          <th className="w-20 text-right font-normal">Reference</th>
          <th className="w-16 text-right font-normal">Differs</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(({ name, unit, why, of }) => {
          const [ours, theirs] = [mix && of(mix), reference && of(reference)];
          return (
            <tr key={name}>
              <th scope="row" title={why} className="py-1 text-left font-normal">
                {name} <span className="text-quiet text-xs">{unit}</span>
              </th>
              <td className="text-right">{shown(ours)}</td>
              <td className="text-right">{shown(theirs)}</td>
              <td className="text-right text-quiet">{shown(ours === null || theirs === null ? null : ours - theirs, true)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const shown = (value: number | null, plus = false): string => (value === null || !Number.isFinite(value) ? '–' : signed(value, plus));
