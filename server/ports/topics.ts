import type { Anchor, BlindTest, ChatEvent, Comment, Member, Reply, Snapshot, Stem, TalkEvent, TalkPeer } from '../../lib/protocol';
import type { Bus } from './bus';

/** Every topic of the bus with its message. All belong to one session, but for what concerns a person wherever they are. */
export interface Topics {
  member: { readonly sessionId: string } & (
    | { readonly what: 'put'; readonly member: Member }
    | { readonly what: 'gone'; readonly userId: string }
  );
  /** Whoever may see the comment is decided where it is delivered; `pending` ones are for their author and those who moderate. */
  comment: { readonly sessionId: string } & (
    | { readonly what: 'put'; readonly comment: Comment }
    | { readonly what: 'gone'; readonly id: string; readonly pendingOf: string | null }
    | { readonly what: 'reply'; readonly id: string; readonly reply: Reply; readonly pendingOf: string | null }
    | { readonly what: 'reply gone'; readonly id: string; readonly replyId: string; readonly pendingOf: string | null }
  );
  snapshot: { readonly sessionId: string } & (
    | { readonly what: 'put'; readonly snapshot: Snapshot }
    | { readonly what: 'gone'; readonly id: string }
  );
  blind: { readonly sessionId: string } & (
    | { readonly what: 'put'; readonly test: BlindTest }
    | { readonly what: 'gone'; readonly id: string }
  );
  stem: { readonly sessionId: string } & ({ readonly what: 'put'; readonly stem: Stem } | { readonly what: 'gone'; readonly id: string });
  /** What all may see of a session was changed. */
  info: { readonly sessionId: string; readonly title: string; readonly listenersMayComment: boolean };
  session: { readonly sessionId: string; readonly what: 'gone' };
  /** Somebody has signed out somewhere, or is called otherwise: who holds which cookie is to be looked up again. */
  login: { readonly userId: string };
  /** Somebody has done something to the mix. */
  history: { readonly sessionId: string };
  chat: { readonly sessionId: string } & ChatEvent;
  /** Something that all who can hear voices are told; or only the page with that id. */
  talk: { readonly sessionId: string; readonly to: string | null; readonly event: TalkEvent };
  /** Somebody has come who can hear voices: other instances tell who is there. */
  'talk joined': { readonly sessionId: string; readonly peer: TalkPeer };
  /** The transport was moved. */
  anchor: { readonly sessionId: string; readonly anchor: Anchor };
}

export function publish<T extends keyof Topics>(bus: Bus, topic: T, message: Topics[T]): void {
  bus.publish(topic, message);
}

/** Messages of a topic come only from `publish`, so their shape is known. Returns a function that ends the subscription. */
export function subscribe<T extends keyof Topics>(bus: Bus, topic: T, listener: (message: Topics[T]) => void): () => void {
  return bus.subscribe(topic, (message) => listener(message as Topics[T]));
}
