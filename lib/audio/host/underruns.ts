/** Counts the gaps that somebody could hear: those the browser tells of while the song plays. */
export class UnderrunCount {
  private heard = 0;
  private before: number | null = null;

  /**
   * `events` is the browser's count since its output began, which begins with a gap on many machines; looked at several
   * times a second. Returns how many fell between two looks of which the earlier one found the song playing.
   */
  look(events: number, playing: boolean): number {
    if (this.before !== null) this.heard += Math.max(0, events - this.before);
    this.before = playing ? events : null;
    return this.heard;
  }
}
