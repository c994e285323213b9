'use client';

import { Upload } from 'lucide-react';
import { useEffect } from 'react';
import { FileTrigger, Radio, RadioGroup } from 'react-aria-components';
import { may } from '../../../lib/access';
import type { Stem } from '../../../lib/protocol';
import { useSession, useStore } from '../../_session';
import { Button } from '../../_shell/button';
import { ACCEPTED } from '../../_shell/stems-in';
import { BalancePicture } from './balance-picture';
import { FiguresTable } from './figures-table';
import { MatchLine } from './match-line';
import { ReferencePlace } from './reference-place';
import { ReferenceRow } from './reference-row';

/** Finished songs that the mix is held against: by ear, equally loud, and in figures. */
export function ReferencesSection() {
  const { references } = useSession();
  const list = useStore(references.list);
  const id = useStore(references.compared);
  const compared = list.find((one) => one.id === id);
  useEffect(() => references.watch(), [references]);
  return (
    <section aria-label="References" className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      {compared && <Switch compared={compared} />}
      <List list={list} />
      {compared && compared.status === 'ready' && (
        <>
          <ReferencePlace reference={compared} />
          <BalancePicture />
          <FiguresTable />
        </>
      )}
    </section>
  );
}

const SIDE =
  'flex h-9 flex-1 cursor-pointer items-center justify-center truncate rounded-sm px-2 text-sm data-[hovered]:bg-hover data-[selected]:bg-accent data-[selected]:font-semibold data-[selected]:text-on-accent';

/** The mix, or the reference in its place. */
function Switch({ compared }: { compared: Stem }) {
  const { references } = useSession();
  const heard = useStore(references.heard);
  return (
    <div className="shrink-0 space-y-1.5 border-line border-b p-3">
      <RadioGroup
        aria-label="You hear"
        orientation="horizontal"
        isDisabled={compared.status !== 'ready'}
        value={heard === null ? 'mix' : 'reference'}
        onChange={(side) => references.hear(side === 'mix' ? null : compared.id)}
      >
        <span className="flex gap-0.5 rounded-md border border-line bg-bg p-0.5">
          <Radio value="mix" className={SIDE}>
            Mix
          </Radio>
          <Radio value="reference" className={SIDE}>
            Reference
          </Radio>
        </span>
      </RadioGroup>
      <MatchLine />
    </div>
  );
}

function List({ list }: { list: readonly Stem[] }) {
  const session = useSession();
  const writes = may(useStore(session.role), 'stems.write');
  return (
    <div className="shrink-0 border-line border-b">
      {list.length > 0 && (
        <ul aria-label="References">
          {list.map((one) => (
            <ReferenceRow key={one.id} reference={one} writes={writes} />
          ))}
        </ul>
      )}
      {list.length === 0 && (
        <p className="px-3 pt-3 text-quiet text-sm leading-5">
          {writes
            ? 'Add a finished song that sounds the way yours should. You switch between it and the mix, equally loud, and see what differs. It is never part of the mix or of an export.'
            : 'There are no references yet. They show here as soon as somebody adds a finished song to compare with.'}
        </p>
      )}
      {writes && (
        <div className="p-3">
          <FileTrigger
            allowsMultiple
            acceptedFileTypes={ACCEPTED}
            onSelect={(files) => files && session.stems.upload([...files], 'reference')}
          >
            <Button data-testid="choose-references">
              <Upload size={14} aria-hidden /> Add a reference
            </Button>
          </FileTrigger>
        </div>
      )}
    </div>
  );
}
