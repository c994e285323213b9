import { FIXED } from './limits';

/** Messages that came before anybody could act on them, in order and in bounds. */
export class Inbox {
  private messages: Uint8Array[] = [];
  private bytes = 0;

  /** Keeps a message; false when that is more than will be kept: then the line must go, for a gap would spoil every count. */
  keep(message: Uint8Array): boolean {
    this.messages.push(message);
    this.bytes += message.length;
    return this.messages.length <= FIXED.heldMessages && this.bytes <= 2 * FIXED.heldBytes;
  }

  take(): readonly Uint8Array[] {
    const { messages } = this;
    this.messages = [];
    this.bytes = 0;
    return messages;
  }
}
