'use client';

import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { CheckPanel } from '../_check';
import { CommentsPanel } from '../_comments/comments-panel';
import { UnreadMark } from '../_comments/unread-mark';
import { TourCard } from '../_learn';
import { MetersPanel } from '../_meters';
import { useSession, useStore } from '../_session';
import { type PanelTab, setPage, usePage } from '../_shell/page-state';
import { HistoryPanel } from './history-panel';
import { PeoplePanel } from './people-panel';
import { VersionsPanel } from './versions-panel';

const TAB =
  'cursor-pointer whitespace-nowrap border-transparent border-b-2 px-1 py-3 text-quiet text-xs outline-offset-[-2px] data-[hovered]:text-text data-[selected]:border-accent data-[selected]:text-text';

/** Beside timeline and console: what people say, and who they are. */
export function Panel() {
  const { comments, people } = useSession();
  const tab = usePage((page) => page.panel) ?? 'comments';
  const open = useStore(comments.list).filter((comment) => comment.status !== 'resolved').length;
  const unread = useStore(comments.unread).size;
  const here = useStore(people.here).length;
  return (
    <Tabs
      selectedKey={tab}
      onSelectionChange={(key) => setPage({ panel: key as PanelTab })}
      className="flex min-h-0 w-92 shrink-0 flex-col border-line border-l bg-surface"
    >
      <TourCard />
      <TabList aria-label="Panel" className="flex shrink-0 border-line border-b px-1">
        <Tab id="comments" className={TAB}>
          Comments {open > 0 && <span className="text-quiet">{open}</span>}
          {unread > 0 && <UnreadMark count={unread} />}
        </Tab>
        <Tab id="history" className={TAB}>
          History
        </Tab>
        <Tab id="versions" className={TAB}>
          Versions
        </Tab>
        <Tab id="check" className={TAB}>
          Check <OpenFindings />
        </Tab>
        <Tab id="people" className={TAB}>
          People <span className="text-quiet">{here}</span>
        </Tab>
        <Tab id="meters" className={TAB}>
          Meters
        </Tab>
      </TabList>
      <TabPanel id="comments" className="flex min-h-0 flex-1 flex-col outline-none">
        <CommentsPanel />
      </TabPanel>
      <TabPanel id="history" className="flex min-h-0 flex-1 flex-col outline-none">
        <HistoryPanel />
      </TabPanel>
      <TabPanel id="check" className="flex min-h-0 flex-1 flex-col outline-none">
        <CheckPanel />
      </TabPanel>
      <TabPanel id="people" className="min-h-0 flex-1 overflow-y-auto outline-none">
        <PeoplePanel />
      </TabPanel>
      <TabPanel id="meters" className="flex min-h-0 flex-1 flex-col outline-none">
        <MetersPanel />
      </TabPanel>
      <TabPanel id="versions" className="flex min-h-0 flex-1 flex-col outline-none">
        <VersionsPanel />
      </TabPanel>
    </Tabs>
  );
}

/** How much of the mix is still to be looked at, once it has been listened to. */
function OpenFindings() {
  const { check } = useSession();
  const { findings } = useStore(check.state);
  const aside = useStore(check.setAside);
  const open = findings?.filter(({ id }) => !aside.has(id)).length ?? 0;
  return open > 0 && <span className="text-quiet">{open}</span>;
}
