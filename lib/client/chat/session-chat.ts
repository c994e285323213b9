import { z } from 'zod';
import type { Keeps } from '../../audio';
import type { ChatCall, ChatEvent, ChatMessage } from '../../protocol';
import { createStore, type ReadableStore, type Result } from '../../std';
import type { Api } from '../api/api';
import { Collection } from '../lists/collection';
import type { Chat } from '../types';

export interface ChatParts {
  readonly api: Pick<Api, 'chat'>;
  readonly session: string;
  /** My user's id. */
  readonly me: string;
  readonly call: (call: ChatCall) => Promise<Result<ChatMessage | null, string>>;
  readonly storage: Keeps | null;
}

const KEY = 'mixing-table.chat-read';
const MOST_KEPT = 200;
const keptSchema = z.record(z.string(), z.number());

/** Until when, by the service's clock, the chats of sessions were read in this browser. */
function readUntil(storage: Keeps | null): Readonly<Record<string, number>> {
  try {
    return keptSchema.parse(JSON.parse(storage?.getItem(KEY) ?? '{}'));
  } catch {
    return {};
  }
}

/** The chat of a session. What others wrote counts as unread until somebody watches, in this browser. */
export class SessionChat implements Chat {
  private readonly messages = new Collection<ChatMessage>(
    ({ id }) => id,
    (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  );
  readonly list = this.messages.list;
  private readonly unreadStore = createStore(0);
  readonly unread: ReadableStore<number> = this.unreadStore;
  private watchers = 0;
  private read: number;

  constructor(private readonly parts: ChatParts) {
    this.read = readUntil(parts.storage)[parts.session] ?? 0;
    this.list.subscribe(() => this.count());
  }

  load(): Promise<void> {
    return this.messages.load(() => this.parts.api.chat(this.parts.session));
  }

  take(event: ChatEvent): void {
    if (event.what === 'put') this.messages.put(event.message);
    else this.messages.gone(event.id);
  }

  async say(message: Parameters<Chat['say']>[0]): Promise<void> {
    const said = await this.parts.call({ action: 'say', ...message });
    if (!said.ok) throw new Error(said.error);
    if (said.value) this.messages.put(said.value);
  }

  async remove(id: string): Promise<void> {
    const removed = await this.parts.call({ action: 'remove', id });
    if (!removed.ok) throw new Error(removed.error);
    this.messages.gone(id);
  }

  watch(): () => void {
    this.watchers++;
    this.count();
    return () => {
      this.watchers--;
    };
  }

  private count(): void {
    const list = this.list.get();
    if (this.watchers > 0) this.markRead(list.at(-1)?.createdAt ?? 0);
    this.unreadStore.set(list.filter(({ createdAt, author }) => createdAt > this.read && author.id !== this.parts.me).length);
  }

  private markRead(until: number): void {
    if (until <= this.read) return;
    this.read = until;
    const { storage, session } = this.parts;
    const newest = Object.entries({ ...readUntil(storage), [session]: until })
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_KEPT);
    try {
      storage?.setItem(KEY, JSON.stringify(Object.fromEntries(newest)));
    } catch {
      // A full or forbidden store: it is read for as long as this page is open.
    }
  }
}
