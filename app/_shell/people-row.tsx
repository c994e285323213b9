'use client';

import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { Person } from '../../lib/client';
import { useMix, useSession, useStore } from '../_session';
import { SpeakingFace } from '../_talk/speaking-face';
import { targetLabel } from '../_ui';
import { useFollowed } from './following';
import { setPage } from './page-state';

const SHOWN = 6;

/** Who is here now; a click opens the list of people. */
export function PeopleRow() {
  const here = useStore(useSession().people.here);
  const rest = here.length - SHOWN;
  return (
    <ul className="flex items-center pl-1.5" aria-label="People here now">
      {here.slice(0, SHOWN).map((person) => (
        <li key={person.client} className="flex">
          <PersonFace person={person} />
        </li>
      ))}
      {rest > 0 && <li className="pl-2 text-quiet text-xs">+{rest}</li>}
    </ul>
  );
}

function PersonFace({ person }: { person: Person }) {
  const strip = useMix((mix) => (person.selected === null ? undefined : mix.strips.get(person.selected)?.name));
  const holds = useMix((mix) =>
    person.hands
      .map((target) => targetLabel(mix, target))
      .filter((label) => label !== '')
      .join(', '),
  );
  const follows = useFollowed(person);
  const name = person.me ? `${person.user.name} (you)` : person.user.name;
  return (
    <TooltipTrigger delay={200} closeDelay={50}>
      <Button
        aria-label={`${name}, ${person.role}`}
        onPress={() => setPage({ panel: 'people', phoneTab: 'people' })}
        className="-ml-1.5 rounded-full border-2 border-surface data-[hovered]:z-10"
      >
        <SpeakingFace person={person} />
      </Button>
      <Tooltip offset={6} className="z-50 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-xs shadow-lg">
        <div className="font-semibold">{name}</div>
        <div className="text-quiet">
          {person.role}
          {person.together ? ' · together' : ' · on their own'}
        </div>
        {follows && <div className="text-quiet">follows {follows}</div>}
        {strip && <div className="text-quiet">at {strip}</div>}
        {holds && <div className="text-quiet">hand on {holds}</div>}
      </Tooltip>
    </TooltipTrigger>
  );
}
