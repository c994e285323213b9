import { type Extent, scaleOf, type View, xOf } from './view';

/** How long the way goes on behind the song's end, seconds: the last sounds are still ringing there. */
const BEYOND = 10;
/** So far, in milliseconds, the line may be from the sound before it is set right; a line that steps by whole pixels hides a pixel. */
const AMISS = 25;

/**
 * Moves an element along the song by an animation whose time is the song's. While the song runs the browser's compositor moves it,
 * in whole pixels of the screen, and the page has nothing to do, lay out or paint.
 */
export class PlayheadMotion {
  private readonly animation: Animation;
  private readonly way: KeyframeEffect;
  private view: View | null = null;
  private extent: Extent | null = null;
  private ratio = 0;

  constructor(element: HTMLElement) {
    this.way = new KeyframeEffect(element, null, { fill: 'both', duration: 1 });
    this.animation = new Animation(this.way, document.timeline);
    this.animation.pause();
  }

  /** Shows the line at `position`, and lets it run on from there while the song does. Call it on every picture. */
  show(position: number, rolling: boolean, view: View, extent: Extent): void {
    this.lay(view, extent);
    const { animation } = this;
    // The time of animations is that of the frame, which began a little before now.
    const late = rolling ? performance.now() - Number(document.timeline.currentTime ?? 0) : 0;
    const due = Math.max(0, position * 1000 - late);
    const amiss = Math.abs(due - Number(animation.currentTime ?? 0));
    const still = animation.playState !== 'running';
    if (still ? amiss > 0.1 : amiss > Math.max(AMISS, 1000 / scaleOf(view, extent))) animation.currentTime = due;
    if (rolling && still) animation.play();
    else if (!rolling && !still) {
      animation.pause();
      animation.currentTime = due;
    }
  }

  remove(): void {
    this.animation.cancel();
  }

  /** Lays the way through the window; only when another part of the song is shown. */
  private lay(view: View, extent: Extent): void {
    const ratio = window.devicePixelRatio || 1;
    if (view === this.view && extent === this.extent && ratio === this.ratio) return;
    this.view = view;
    this.extent = extent;
    this.ratio = ratio;
    const until = extent.length + BEYOND;
    const steps = Math.max(1, Math.round(until * scaleOf(view, extent) * ratio));
    const at = (position: number) => `translateX(${xOf(view, extent, position)}px)`;
    this.way.setKeyframes([{ transform: at(0), easing: `steps(${steps})` }, { transform: at(until) }]);
    this.way.updateTiming({ duration: until * 1000 });
  }
}
