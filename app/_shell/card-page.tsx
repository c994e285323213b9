import Link from 'next/link';
import type { ReactNode } from 'react';
import { Mark } from './mark';

/** A quiet page with one thing on it. */
export function CardPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-md">
        <Link href="/" className="mb-6 flex items-center justify-center gap-2.5 rounded-sm font-semibold text-quiet hover:text-text">
          <Mark /> Mixing Table
        </Link>
        <div className="rounded-lg border border-line bg-surface p-6 shadow-2xl">
          <h1 className="mb-3 font-semibold text-xl leading-7">{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}
