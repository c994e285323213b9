import type { Voices } from '../../lib/client';

/** Shorter than this, in milliseconds, a press is a tap. */
const TAP_MS = 300;

interface HoldParts {
  readonly voices: Pick<Voices, 'own' | 'speak' | 'stop'>;
  readonly refused: (why: string) => void;
  readonly now: () => number;
}

/** One rule for button and key: held, one talks until letting go; a tap leaves it on until the next one. */
export class HoldToTalk {
  private pressedAt: number | null = null;
  private stays = false;

  constructor(private readonly parts: HoldParts) {}

  press(): void {
    const { voices, refused, now } = this.parts;
    if (this.pressedAt !== null) return;
    if (this.stays && voices.own.get() !== 'silent') {
      this.stays = false;
      voices.stop();
      return;
    }
    this.stays = false;
    this.pressedAt = now();
    void voices.speak().then((spoken) => {
      if (!spoken.ok) refused(spoken.error);
    });
  }

  release(): void {
    if (this.pressedAt === null) return;
    const tap = this.parts.now() - this.pressedAt < TAP_MS;
    this.pressedAt = null;
    if (tap) this.stays = true;
    else this.parts.voices.stop();
  }

  /** The page was left with the key or the finger down: nobody knows when it will come up. */
  forget(): void {
    if (this.pressedAt === null) return;
    this.pressedAt = null;
    this.parts.voices.stop();
  }
}
