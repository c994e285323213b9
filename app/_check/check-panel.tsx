'use client';

import { GraduationCap } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { FINDING_KINDS, type Finding, LOUDNESS_TARGETS, type LoudnessTarget, PROFILES } from '../../lib/analysis';
import type { MixCheck } from '../../lib/audio';
import { useSession, useStore } from '../_session';
import { Button } from '../_shell/button';
import { Choose } from '../_shell/field';
import { setPage, usePage } from '../_shell/page-state';
import { FindingRow } from './finding-row';
import { ReferencesSection } from './references/references-section';
import { TargetFields } from './target-fields';
import { KIND_WORDS } from './words';

const PAGE =
  'flex h-7 flex-1 cursor-pointer items-center justify-center rounded-sm text-quiet text-sm outline-offset-[-2px] data-[hovered]:text-text data-[selected]:bg-hover data-[selected]:font-semibold data-[selected]:text-text';

/** The mix, held against what it should be, and against finished songs. */
export function CheckPanel() {
  const checking = usePage((page) => page.checking);
  return (
    <Tabs
      selectedKey={checking}
      onSelectionChange={(key) => setPage({ checking: key === 'references' ? 'references' : 'findings' })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <TabList aria-label="Check" className="mx-3 mt-3 flex shrink-0 gap-0.5 rounded-md border border-line bg-bg p-0.5">
        <Tab id="findings" className={PAGE}>
          Findings
        </Tab>
        <Tab id="references" className={PAGE}>
          References
        </Tab>
      </TabList>
      <TabPanel id="findings" className="flex min-h-0 flex-1 flex-col outline-none">
        <Findings />
      </TabPanel>
      <TabPanel id="references" className="flex min-h-0 flex-1 flex-col outline-none">
        <ReferencesSection />
      </TabPanel>
    </Tabs>
  );
}

/** What the sound of the mix says: what is not finished, why, and how to mend it. */
function Findings() {
  const { check } = useSession();
  const state = useStore(check.state);
  const aside = useStore(check.setAside);
  useEffect(() => check.watch(), [check]);
  const all = state.findings ?? [];
  const open = all.filter(({ id }) => !aside.has(id));
  const left = all.filter(({ id }) => aside.has(id));
  return (
    <section aria-label="Mix check" className="flex min-h-0 flex-1 flex-col">
      <Against />
      <Progress state={state} open={open.length} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ul>
          {open.map((finding) => (
            <FindingRow key={finding.id} finding={finding} />
          ))}
        </ul>
        {left.length > 0 && <LeftAsTheyAre findings={left} />}
        {state.findings && state.done === state.needed && <Finished findings={all} />}
      </div>
    </section>
  );
}

/** What the mix is held against. */
function Against() {
  const { check } = useSession();
  const profile = useStore(check.profile);
  const target = useStore(check.target);
  const [own, setOwn] = useState(false);
  const chosen = own ? 'own' : target.id;
  const choose = (id: string) => {
    setOwn(id === 'own');
    const found = LOUDNESS_TARGETS.find((one) => one.id === id);
    check.setTarget(found ?? ownTarget(target));
  };
  return (
    <div className="shrink-0 space-y-2 border-line border-b p-3">
      <div className="flex gap-2">
        <Choose
          label="Levels as in"
          value={profile.id}
          choices={PROFILES.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => check.setProfile(id)}
          className="min-w-0 flex-1"
        />
        <Choose
          label="Loudness for"
          value={chosen}
          choices={[...LOUDNESS_TARGETS.map(({ id, name }) => ({ value: id, label: name })), { value: 'own', label: 'Own values' }]}
          onChange={choose}
          className="min-w-0 flex-1"
        />
      </div>
      {own ? (
        <TargetFields target={target} onChange={(next) => check.setTarget(next)} />
      ) : (
        <p className="text-quiet text-xs tabular-nums">
          {target.integrated} LUFS, {target.truePeak} dBTP. {target.source}, {target.date}.
        </p>
      )}
    </div>
  );
}

const ownTarget = (like: LoudnessTarget): LoudnessTarget => ({
  ...like,
  id: 'own',
  name: 'Your target',
  source: 'set here',
  date: 'today',
});

function Progress({ state: { done, needed, findings, failed }, open }: { state: MixCheck; open: number }) {
  const busy = done < needed;
  const words =
    findings === null
      ? 'Listening to the strips …'
      : busy
        ? `Listened to ${done} of ${needed}`
        : open === 0
          ? 'Nothing to mend'
          : `${open} to look at`;
  return (
    <div className="shrink-0 border-line border-b px-3 py-2">
      <div className="flex items-center justify-between gap-2">
        <p role="status" className="text-sm">
          {needed === 0 ? 'There are no stems to listen to yet.' : words}
        </p>
        <Learn />
      </div>
      <div className="mt-1.5 h-0.5 overflow-hidden rounded-full bg-line" aria-hidden>
        <div className="h-full bg-accent" style={{ width: `${needed ? (100 * done) / needed : 0}%`, opacity: busy ? 1 : 0 }} />
      </div>
      {failed.size > 0 && (
        <p className="mt-1 text-record text-xs">
          {failed.size === 1 ? 'A strip' : `${failed.size} strips`} could not be measured: {[...failed.values()][0]}
        </p>
      )}
    </div>
  );
}

/** The findings as lessons, one kind after the other. */
function Learn() {
  const { tour } = useSession();
  if (useStore(tour.state).at !== 'off') return null;
  return (
    <Button size="small" look="quiet" onPress={() => tour.begin()}>
      <GraduationCap size={13} aria-hidden /> Learn step by step
    </Button>
  );
}

function LeftAsTheyAre({ findings }: { findings: readonly Finding[] }) {
  return (
    <details className="border-line border-b">
      <summary className="cursor-pointer px-3 py-2 text-quiet text-sm">Left as they are: {findings.length}</summary>
      <ul>
        {findings.map((finding) => (
          <FindingRow key={finding.id} finding={finding} />
        ))}
      </ul>
    </details>
  );
}

/** What has been looked at and found right. */
function Finished({ findings }: { findings: readonly Finding[] }) {
  const found = new Set(findings.map(({ kind }) => kind));
  const fine = FINDING_KINDS.filter((kind) => !found.has(kind)).map((kind) => KIND_WORDS[kind].fine);
  return <p className="px-3 py-3 text-quiet text-xs leading-5">Finished: {fine.join(', ')}.</p>;
}
