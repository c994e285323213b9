'use client';

import { ArrowRight, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { MIX } from '../../lib/client';
import type { StripComparison } from '../../lib/mix';
import { useMix, useSession, useStore } from '../_session';
import { IconButton } from '../_shell/button';
import { Choose } from '../_shell/field';
import { setPage } from '../_shell/page-state';
import { sentence } from '../_shell/toasts';

/** What differs from one version to another, strip by strip. */
export function VersionComparison() {
  const { versions, audition, desk } = useSession();
  const list = useStore(versions.list);
  const compared = useStore(audition.others).filter(({ id }) => list.some((version) => version.id === id));
  const [from, setFrom] = useState(compared[0]?.id ?? list[0]?.id ?? MIX);
  const [to, setTo] = useState(compared[1]?.id ?? MIX);
  const [found, setFound] = useState<readonly StripComparison[] | string | null>(null);
  // The mix of now may be one of the two.
  const mix = useStore(desk.mix);
  useEffect(() => {
    let left = false;
    const idOf = (id: string) => (id === MIX || mix === null ? null : id);
    versions.differences(idOf(from), idOf(to)).then(
      (differences) => !left && setFound(differences),
      (problem: unknown) => !left && setFound(sentence(problem)),
    );
    return () => {
      left = true;
    };
  }, [versions, from, to, mix]);
  const choices = [{ value: MIX, label: 'The mix now' }, ...list.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <section aria-label="What differs" className="flex max-h-1/2 min-h-40 shrink-0 flex-col border-line border-b bg-bg/40">
      <div className="flex items-center gap-1.5 px-3 py-1.5">
        <Choose label="From" hideLabel value={from} choices={choices} onChange={setFrom} className="h-7 w-full min-w-0 text-xs" />
        <ArrowRight size={14} aria-label="to" className="shrink-0 text-quiet" />
        <Choose label="To" hideLabel value={to} choices={choices} onChange={setTo} className="h-7 w-full min-w-0 text-xs" />
        <IconButton label="Close what differs" size="small" look="quiet" onPress={() => setPage({ comparing: false })}>
          <X size={14} />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-3.5 pb-2.5">
        {typeof found === 'string' && <p className="text-record text-sm">{found}</p>}
        {typeof found === 'object' && found?.length === 0 && <p className="text-quiet text-sm">Nothing differs.</p>}
        {typeof found === 'object' && found?.map((one) => <OneStrip key={one.strip ?? ''} {...one} />)}
      </div>
    </section>
  );
}

function OneStrip({ strip, name, lines }: StripComparison) {
  const session = useSession();
  const there = useMix((mix) => strip !== null && mix.strips.has(strip));
  return (
    <div className="mt-2 first:mt-0">
      {there && strip !== null ? (
        <button type="button" className="rounded-sm font-semibold text-sm hover:text-accent" onClick={() => session.select(strip)}>
          {name}
        </button>
      ) : (
        <p className="font-semibold text-sm">{name}</p>
      )}
      <ul className="text-quiet text-xs leading-5">
        {lines.map(({ what, from, to }) => (
          <li key={`${what} ${from} ${to}`} className="flex gap-2">
            <span className="min-w-0 flex-1 truncate">{what}</span>
            <span className="shrink-0 text-text tabular-nums">{from === null ? (to ?? 'differs') : `${from} → ${to ?? ''}`}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
