'use client';

import { X } from 'lucide-react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Strip } from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { setPage } from '../../_shell/page-state';
import { stripColor } from '../../palette';
import { DynamicsView } from '../dynamics/dynamics-view';
import { EffectsView } from '../effects/effects-view';
import { EqView } from '../eq/eq-view';
import { type ChannelTab, channelTab } from './channel-tab';
import { SendsView } from './sends-view';
import { VcaView } from './vca-view';

const TABS: readonly { id: ChannelTab; name: string; key?: string }[] = [
  { id: 'eq', name: 'EQ', key: 'E' },
  { id: 'dynamics', name: 'Dynamics', key: 'D' },
  { id: 'effects', name: 'Effects' },
  { id: 'sends', name: 'In, out and sends' },
];

/** A VCA has members and nothing else. */
const VCA_TABS: typeof TABS = [{ id: 'sends', name: 'Members' }];

const LOOK =
  'flex h-7 cursor-default items-center gap-1.5 rounded-sm px-2.5 text-quiet text-xs outline-none data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent data-[hovered]:text-text data-[selected]:bg-raised data-[selected]:text-text';

function View({ strip, tab }: { strip: Strip; tab: ChannelTab }) {
  const color = strip.kind === 'master' ? '#e7eaf0' : stripColor(strip.color);
  const vca = strip.kind === 'vca';
  return (
    <section aria-label={`Channel view of ${strip.name}`} className="flex h-full min-h-0 flex-col bg-surface text-xs">
      <Tabs
        selectedKey={vca ? 'sends' : tab}
        onSelectionChange={(key) => channelTab.set(key as ChannelTab)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <header className="flex h-9 shrink-0 items-center gap-3 px-3">
          <span aria-hidden="true" className="h-4 w-1 rounded-full" style={{ background: color }} />
          <h2 className="max-w-48 truncate font-semibold text-sm" style={{ color }}>
            {strip.name}
          </h2>
          <TabList aria-label={`Parts of ${strip.name}`} className="flex gap-1">
            {(vca ? VCA_TABS : TABS).map(({ id, name, key }) => (
              <Tab key={id} id={id} className={LOOK}>
                {name}
                {key && <kbd className="rounded-sm border border-line-strong px-1 font-sans text-[10px] text-quiet">{key}</kbd>}
              </Tab>
            ))}
          </TabList>
          <span className="flex-1" />
          <button
            type="button"
            aria-label="Close the channel view"
            title="Close (Esc)"
            className="grid size-7 place-items-center rounded-sm text-quiet hover:bg-hover hover:text-text"
            onClick={() => setPage({ channelView: false })}
          >
            <X size={15} />
          </button>
        </header>
        <TabPanel id="eq" className="min-h-0 flex-1 outline-none">
          <EqView key={strip.id} strip={strip} color={color} />
        </TabPanel>
        <TabPanel id="dynamics" className="min-h-0 flex-1 outline-none">
          <DynamicsView key={strip.id} strip={strip} />
        </TabPanel>
        <TabPanel id="effects" className="min-h-0 flex-1 outline-none">
          <EffectsView key={strip.id} strip={strip} />
        </TabPanel>
        <TabPanel id="sends" className="min-h-0 flex-1 outline-none">
          {vca ? <VcaView strip={strip} /> : <SendsView strip={strip} />}
        </TabPanel>
      </Tabs>
    </section>
  );
}

/** The selected strip in full: EQ, dynamics, sends and effects. Fills its box; nothing where no strip is selected. */
export function ChannelView() {
  const session = useSession();
  const selected = useStore(session.selected);
  const strip = useMix((mix) => (selected === null ? undefined : mix.strips.get(selected)));
  const tab = useStore(channelTab);
  return strip ? <View strip={strip} tab={tab} /> : null;
}
