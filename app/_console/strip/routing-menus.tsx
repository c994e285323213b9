'use client';

import { Menu, MenuItem, Popover, Separator } from 'react-aria-components';
import {
  addGroup,
  addVca,
  assignVca,
  type Change,
  followsVcas,
  MASTER,
  type Mix,
  routeStrip,
  type Strip,
  type StripId,
  vcaMembers,
  whyNotRoute,
} from '../../../lib/mix';
import { newId } from '../../../lib/std';
import { useMix, useSession } from '../../_session';
import { tell } from '../../_shell/toasts';
import { clearPicked, withPicked } from '../picked';
import { useApply } from '../use-apply';
import { ITEM, SHEET } from './menu-look';

function Tick({ on }: { on: boolean }) {
  return (
    <span aria-hidden="true" className="w-3">
      {on ? '✓' : ''}
    </span>
  );
}

/** Leads a strip to a group or the master, or says why that cannot be. */
export function useRoute(): (strip: StripId, output: StripId) => void {
  const { desk } = useSession();
  const apply = useApply();
  return (strip, output) => {
    const refusal = whyNotRoute(desk.mix.get(), strip, output);
    if (refusal === null) apply(routeStrip(desk.mix.get(), strip, output));
    else tell({ level: 'warning', text: refusal });
  };
}

/** Where a strip can go: a group, the master, or a new group of it and of all that are picked with it. */
export function Outputs({ strip }: { strip: Strip }) {
  const { desk } = useSession();
  const apply = useApply();
  const route = useRoute();
  const mix = useMix((whole) => whole);
  const places = [...mix.strips.values()].filter((other) => other.id !== strip.id && (other.kind === 'group' || other.kind === 'master'));
  const together = withPicked(strip.id);
  const gather = () => {
    const name = together.length > 1 ? 'Group' : `${strip.name} group`;
    apply(addGroup(desk.mix.get(), { id: newId(), name, color: strip.color }, together));
    clearPicked();
  };
  return (
    <Popover className={SHEET}>
      <Menu aria-label="Where it goes" className="outline-none">
        {places.map((place) => (
          <MenuItem key={place.id} id={place.id} textValue={place.name} className={ITEM} onAction={() => route(strip.id, place.id)}>
            <Tick on={(strip.output ?? MASTER) === place.id} />
            {place.name}
          </MenuItem>
        ))}
        <Separator className="my-1 border-line border-t" />
        <MenuItem className={ITEM} onAction={gather}>
          <Tick on={false} />
          {together.length > 1 ? `New group of ${together.length}` : 'New group'}
        </MenuItem>
      </Menu>
    </Popover>
  );
}

/** Which VCAs a strip follows: any number of them, or a new one of it and of all that are picked with it. */
export function Vcas({ strip }: { strip: Strip }) {
  const { desk } = useSession();
  const apply = useApply();
  const vcas = useMix((mix) => mix.strips);
  const together = withPicked(strip.id);
  const gather = () => {
    apply(addVca(desk.mix.get(), { id: newId(), name: together.length > 1 ? 'VCA' : `${strip.name} VCA`, color: strip.color }, together));
    clearPicked();
  };
  return (
    <Popover className={SHEET}>
      <Menu aria-label="VCAs it follows" className="outline-none">
        {[...vcas.values()]
          .filter((one) => one.kind === 'vca')
          .map((vca) => (
            <MenuItem
              key={vca.id}
              id={vca.id}
              textValue={vca.name}
              className={ITEM}
              onAction={() => apply(assignVca(desk.mix.get(), strip.id, vca.id, !strip.vcas.includes(vca.id)))}
            >
              <Tick on={strip.vcas.includes(vca.id)} />
              {vca.name}
            </MenuItem>
          ))}
        <MenuItem className={ITEM} onAction={gather}>
          <Tick on={false} />
          {together.length > 1 ? `New VCA of ${together.length}` : 'New VCA'}
        </MenuItem>
      </Menu>
    </Popover>
  );
}

/** Who could belong to a group or a VCA, and who does. */
function membersOf(mix: Mix, owner: Strip): { candidates: readonly Strip[]; members: ReadonlySet<StripId> } {
  const strips = [...mix.strips.values()];
  if (owner.kind === 'vca') return { candidates: strips.filter(followsVcas), members: new Set(vcaMembers(mix, owner.id)) };
  const members = strips.filter((strip) => strip.output === owner.id).map(({ id }) => id);
  return { candidates: strips.filter((strip) => whyNotRoute(mix, strip.id, owner.id) === null), members: new Set(members) };
}

function memberChange(mix: Mix, owner: Strip, strip: StripId, on: boolean): Change[] {
  if (owner.kind === 'vca') return assignVca(mix, strip, owner.id, on);
  return routeStrip(mix, strip, on ? owner.id : (owner.output ?? MASTER));
}

/** The members of a group or a VCA, ticked on and off; stays open meanwhile. */
export function Members({ owner }: { owner: Strip }) {
  const { desk } = useSession();
  const apply = useApply();
  const mix = useMix((whole) => whole);
  const { candidates, members } = membersOf(mix, owner);
  return (
    <Popover className={SHEET}>
      <Menu
        aria-label={`Members of ${owner.name}`}
        className="outline-none"
        selectionMode="multiple"
        selectedKeys={members}
        onSelectionChange={(keys) => {
          const wanted = (id: StripId) => keys === 'all' || keys.has(id);
          const moved = candidates.filter(({ id }) => wanted(id) !== members.has(id));
          apply(moved.flatMap(({ id }) => memberChange(desk.mix.get(), owner, id, wanted(id))));
        }}
      >
        {candidates.map((strip) => (
          <MenuItem key={strip.id} id={strip.id} textValue={strip.name} className={ITEM}>
            <Tick on={members.has(strip.id)} />
            {strip.name}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
