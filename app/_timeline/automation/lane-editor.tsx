'use client';

import { X } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { type Change, formatShort, type LanePoint, noRoom, readLane, rowOf, type Target, targetKey } from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { IconButton } from '../../_shell/button';
import { tell } from '../../_shell/toasts';
import { beatSeconds } from '../../_shell/words';
import { LatchButton, targetLabel } from '../../_ui';
import { stripColor } from '../../palette';
import { useTimeline } from '../use-view';
import { type LaneBox, pathOf, placeOf } from './geometry';
import { useLaneHand } from './lane-hand';
import { onLaneKey, pointText } from './lane-keys';
import { closeLane, takeFresh, useOpenLanes } from './open-lanes';

const HEIGHT = 72;
const NONE: readonly LanePoint[] = [];

/** The automation of one control, to be drawn on. */
export const LaneEditor = memo(function LaneEditor({ target }: { target: Target }) {
  const { desk, transport } = useSession();
  const key = targetKey(target);
  const row = useMix((mix) => rowOf(mix, target));
  const label = useMix((mix) => targetLabel(mix, target));
  const lane = useMix((mix) => mix.automation.get(key));
  const settings = useMix((mix) => mix.settings);
  const color = useMix((mix) => stripColor(mix.strips.get(target.id.split('>')[0] ?? '')?.color ?? 0));
  const view = useTimeline((state) => state.view);
  const extent = useTimeline((state) => state.extent);
  const { pencil, snap } = useOpenLanes();
  const movable = useStore(desk.writable);
  const frame = useRef<HTMLDivElement>(null);
  // Opened from a list, it may lie below what is in sight. Newer browsers answer with a promise, which is no effect's clean-up.
  useEffect(() => {
    if (takeFresh(targetKey(target))) frame.current?.scrollIntoView({ block: 'nearest' });
  }, [target]);
  const points = lane?.points ?? NONE;
  const apply = (changes: readonly Change[], adds = false) => {
    const done = changes.length > 0 ? desk.apply(changes) : null;
    const why = done && !done.ok ? done.error : adds && !done ? noRoom(mix(), target) : null;
    if (why) tell({ level: 'warning', text: why });
  };
  const mix = () => desk.mix.get();
  const beat = beatSeconds(settings);
  const onGrid = (at: number) => (snap ? Math.round(at / beat) * beat : at);
  const box: LaneBox | null = row ? { view, extent, row, height: HEIGHT } : null;
  const hand = useLaneHand({ box: box ?? EMPTY_BOX, target, points, mix, apply, pencil, onGrid, movable: movable && box !== null });
  if (!row || !box) return null;
  const shown = hand.draft ?? points;
  const [first] = hand.chosen;
  return (
    <div ref={frame} className="relative scroll-mb-7 border-line border-t bg-surface/60" style={{ height: HEIGHT }} data-lane={key}>
      <div
        role="listbox"
        aria-multiselectable="true"
        aria-label={`Automation of ${label}`}
        aria-description="Page keys choose a point, arrows move it, Enter adds one at the playhead, B bends, Delete removes"
        tabIndex={0}
        className={`absolute inset-0 touch-none outline-offset-[-2px] ${pencil ? 'cursor-crosshair' : ''}`}
        {...hand.handlers}
        onDoubleClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          const keys = { row, target, points, chosen: hand.chosen, choose: hand.choose, mix, apply, position: () => transport.position() };
          if (!movable || !onLaneKey(event, keys)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <svg aria-hidden="true" width={extent.width} height={HEIGHT} className="pointer-events-none block">
          <path d={pathOf(box, shown)} fill="none" stroke={color} strokeWidth={1.5} opacity={lane && !lane.read ? 0.35 : 1} />
          {shown.map((point) => {
            const { x, y } = placeOf(box, point);
            if (x < -8 || x > extent.width + 8) return null;
            const isChosen = hand.chosen.has(point.id);
            return (
              <circle
                key={point.id}
                data-point=""
                cx={x}
                cy={y}
                r={isChosen ? 5 : 3.5}
                fill={isChosen ? 'var(--color-text)' : color}
                stroke="var(--color-bg)"
              />
            );
          })}
          {hand.frame && (
            <rect
              x={Math.min(hand.frame[0].x, hand.frame[1].x)}
              y={Math.min(hand.frame[0].y, hand.frame[1].y)}
              width={Math.abs(hand.frame[0].x - hand.frame[1].x)}
              height={Math.abs(hand.frame[0].y - hand.frame[1].y)}
              fill="var(--color-accent)"
              fillOpacity={0.15}
              stroke="var(--color-accent)"
            />
          )}
        </svg>
      </div>
      <div
        className="pointer-events-none absolute top-0 left-0 z-[6] flex items-center gap-1 rounded-br-sm bg-bg/80 px-2 text-xs [&_button]:pointer-events-auto"
        style={{ color }}
      >
        <span className="max-w-44 truncate leading-6">{label}</span>
        {points.length === 0 && <span className="text-quiet">{movable ? 'Click to add a point' : 'Nothing is drawn yet'}</span>}
        {lane && (
          <LatchButton
            on={lane.read}
            label={`${label} follows its automation`}
            help="Off: the lane stays, but moves nothing, for everybody."
            disabled={!movable}
            className="px-1.5"
            onPress={() => apply(readLane(mix(), target, !lane.read))}
          >
            read
          </LatchButton>
        )}
        <IconButton label={`Close the lane of ${label}`} size="small" look="quiet" onPress={() => closeLane(key)}>
          <X size={12} />
        </IconButton>
      </div>
      <span className="pointer-events-none absolute right-1 top-0 text-2xs text-quiet">{formatShort(row, row.max)}</span>
      <span className="pointer-events-none absolute right-1 bottom-0 text-2xs text-quiet">{formatShort(row, row.min)}</span>
      <span className="sr-only" aria-live="polite">
        {first === undefined ? '' : pointText(row, points, first)}
      </span>
    </div>
  );
});

const EMPTY_BOX: LaneBox = {
  view: { from: 0, zoom: 1 },
  extent: { width: 1, length: 1 },
  row: { id: '', owner: 'strip', unit: 'none', min: 0, max: 1, default: 0, law: 'linear', smoothing: 0, label: '', short: '', help: '' },
  height: HEIGHT,
};
