/** How many lines each person has open at all instances together. */
export interface SharedLines {
  /**
   * Tells that somebody has so many lines open here; how many they have elsewhere, and at how many instances. Has to be told again within
   * `KNOWN_MS`, or is forgotten: an instance may end without notice. Nothing is elsewhere while that cannot be known.
   */
  tell(userId: string, lines: number): Promise<Elsewhere>;
}

export interface Elsewhere {
  readonly lines: number;
  readonly instances: number;
}

export const KNOWN_MS = 60_000;
