'use client';

import { Button } from './_shell/button';
import { CardPage } from './_shell/card-page';

export default function ErrorPage({ reset }: { error: Error; reset(): void }) {
  return (
    <CardPage title="This page stumbled">
      <p className="mb-4 text-quiet">
        Something on the page went wrong. What was saved is safe on the server, and changes that were not yet sent are kept in this browser.
        Open the page again to go on.
      </p>
      <div className="flex gap-2">
        <Button look="primary" onPress={() => window.location.reload()}>
          Open it again
        </Button>
        <Button onPress={reset}>Try without reloading</Button>
      </div>
    </CardPage>
  );
}
