'use client';

import { type ReactNode, useId } from 'react';
import { INPUT } from '../_shell/field';

export type Column = readonly [name: string, side: 'left' | 'right'];

interface TableProps {
  readonly title: string;
  /** Those of numbers stand to the right. */
  readonly columns: readonly Column[];
  /** Null while it is looked for. */
  readonly rows: readonly ReactNode[] | null;
  /** Items that are not listed. */
  readonly more: number;
  /** What stands there when there is nothing. */
  readonly empty: string;
  readonly search?: { readonly label: string; readonly text: string; onChange(text: string): void };
}

export const CELL = 'px-3 py-1.5 whitespace-nowrap';
export const NUMBER = `${CELL} text-right tabular-nums`;

/** A titled table; too wide a one is moved sideways in its own frame. */
export function Table({ title, columns, rows, more, empty, search }: TableProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h2 id={id} className="mr-auto font-semibold text-lg">
          {title}
        </h2>
        {search && (
          <input
            type="search"
            aria-label={search.label}
            placeholder="Search"
            value={search.text}
            maxLength={200}
            onChange={(event) => search.onChange(event.target.value)}
            className={`${INPUT} !h-8 !w-56 !text-sm`}
          />
        )}
      </div>
      {rows?.length === 0 ? (
        <p className="rounded-lg border border-line px-4 py-6 text-center text-quiet">{empty}</p>
      ) : (
        <div className="overflow-x-auto rounded-lg border border-line">
          <table className="w-full text-sm">
            <thead className="bg-surface text-left text-quiet text-xs">
              <tr>
                {columns.map(([name, side]) => (
                  <th key={name} scope="col" className={`${CELL} font-semibold ${side === 'right' ? 'text-right' : ''}`}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">{rows}</tbody>
          </table>
        </div>
      )}
      {more > 0 && <p className="mt-2 text-quiet text-sm">{more.toLocaleString('en')} more; search to find one.</p>}
    </section>
  );
}
