'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../../lib/client';
import { AskName } from './ask-name';
import { Button } from './button';
import { CardPage } from './card-page';
import { sentence } from './toasts';

type State =
  | { readonly at: 'looking' }
  | { readonly at: 'asking' }
  | { readonly at: 'opening' }
  | { readonly at: 'failed'; readonly why: string };

/** The way to the demo song: a name where there is none, then straight to the console. */
export function DemoPage() {
  const router = useRouter();
  const [state, setState] = useState<State>({ at: 'looking' });
  const open = useCallback(async () => {
    setState({ at: 'opening' });
    try {
      const { id } = await api.openDemo();
      router.replace(`/s/${id}#learn`);
    } catch (problem) {
      setState({ at: 'failed', why: sentence(problem) });
    }
  }, [router]);
  const begin = useCallback(async () => {
    try {
      if ((await api.me()).user) await open();
      else setState({ at: 'asking' });
    } catch (problem) {
      setState({ at: 'failed', why: sentence(problem) });
    }
  }, [open]);
  useEffect(() => void begin(), [begin]);

  if (state.at === 'asking')
    return (
      <CardPage title="Slow Ferry Home">
        <AskName action="Open the demo song" onKnown={() => void open()}>
          <p className="text-quiet">
            Twelve raw tracks of one song, with faults planted on purpose. The session is yours: move whatever you like, and invite somebody
            to do it with you.
          </p>
        </AskName>
      </CardPage>
    );
  if (state.at === 'failed')
    return (
      <CardPage title="The demo song did not open">
        <p className="mb-4 text-quiet">{state.why}</p>
        <Button look="primary" onPress={() => void begin()}>
          Try again
        </Button>
      </CardPage>
    );
  return (
    <main role="status" className="grid min-h-dvh place-items-center text-quiet" aria-busy="true">
      Opening the demo song …
    </main>
  );
}
