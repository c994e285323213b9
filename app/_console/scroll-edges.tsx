'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';

interface Beyond {
  readonly left: boolean;
  readonly right: boolean;
}

/** On which sides of a scrolled row there is more than is seen. Renders only when a side comes or goes. */
function useBeyond(scroller: RefObject<HTMLElement | null>): Beyond {
  const [beyond, setBeyond] = useState<Beyond>({ left: false, right: false });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const left = element.scrollLeft > 1;
      const right = element.scrollLeft + element.clientWidth < element.scrollWidth - 1;
      setBeyond((now) => (now.left === left && now.right === right ? now : { left, right }));
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
    element.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);
  return beyond;
}

/** Shows at each edge of a scrolled row that it goes on there, and goes there when pressed. Lies over the row. */
export function ScrollEdges({ scroller, what }: { scroller: RefObject<HTMLElement | null>; what: string }) {
  const { left, right } = useBeyond(scroller);
  const go = (way: -1 | 1) => {
    const element = scroller.current;
    if (!element) return;
    const smooth = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    element.scrollBy({ left: way * element.clientWidth * 0.8, behavior: smooth ? 'smooth' : 'auto' });
  };
  return (
    <>
      {left && <Edge side="left" label={`Earlier ${what}`} onPress={() => go(-1)} />}
      {right && <Edge side="right" label={`More ${what}`} onPress={() => go(1)} />}
    </>
  );
}

function Edge({ side, label, onPress }: { side: 'left' | 'right'; label: string; onPress(): void }) {
  const [place, Icon] =
    side === 'left'
      ? (['left-0 justify-start bg-linear-to-r', ChevronLeft] as const)
      : (['right-0 justify-end bg-linear-to-l', ChevronRight] as const);
  return (
    <div className={`pointer-events-none absolute inset-y-0 z-20 flex w-9 items-center from-bg to-transparent ${place}`}>
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={onPress}
        className="pointer-events-auto grid h-12 w-5 place-items-center rounded-sm bg-raised/90 text-quiet hover:bg-hover hover:text-text"
      >
        <Icon size={14} />
      </button>
    </div>
  );
}
