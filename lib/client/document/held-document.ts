import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { Scope } from '../../std';
import { Keeper, type KeeperEvents } from './keeper';
import type { Kept } from './kept';

type ProviderOptions = NonNullable<ConstructorParameters<typeof WebsocketProvider>[3]>;

/** A document of the session with who keeps it and, once it is connected, the provider that does so. */
export class HeldDocument {
  readonly keeper: Keeper;
  provider: WebsocketProvider | null = null;

  constructor(
    readonly doc: Y.Doc,
    kept: Kept | null,
    events: KeeperEvents,
    readonly scope: Scope,
  ) {
    // Before the provider, so that a change is counted before its frame passes.
    this.keeper = new Keeper(doc, kept, (origin) => origin !== null && origin === this.provider, events, scope.child());
  }

  connect(url: string, session: string, options: ProviderOptions): WebsocketProvider {
    const provider = new WebsocketProvider(url, session, this.doc, { ...options, disableBc: true, connect: false });
    this.provider = provider;
    this.scope.add(() => provider.destroy());
    return provider;
  }

  /** Ends its line for good; who is here is still here. */
  abandon(): void {
    if (!this.provider) return;
    // A provider that thinks itself connected takes everybody for gone when it ends.
    this.provider.wsconnected = false;
    this.provider.destroy();
  }
}
