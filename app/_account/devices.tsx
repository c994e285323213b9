'use client';

import { useCallback, useEffect, useState } from 'react';
import { api } from '../../lib/client';
import type { Device } from '../../lib/protocol';
import { Button } from '../_shell/button';
import { attempt } from '../_shell/toasts';
import { browserName } from './browser-name';

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** Where I am signed in; each can be signed out from here. */
export function Devices() {
  const [devices, setDevices] = useState<readonly Device[]>([]);
  const load = useCallback(async () => setDevices((await attempt(api.devices())) ?? []), []);
  useEffect(() => void load(), [load]);
  const signOut = async (id: string) => {
    await attempt(api.signOutDevice(id));
    await load();
  };
  return (
    <section aria-labelledby="devices" className="flex flex-col gap-2">
      <h2 id="devices" className="font-semibold text-lg">
        Signed in
      </h2>
      <ul className="divide-y divide-line rounded-md border border-line">
        {devices.map(({ id, browser, since, current }) => (
          <li key={id} data-testid="device" className="flex items-center gap-3 px-3 py-2 text-sm">
            <span className="min-w-0 flex-1">
              <span className="block truncate">{browserName(browser)}</span>
              <span className="text-quiet text-xs">
                {current ? 'this browser' : `since ${new Date(since).toLocaleDateString('en', DAY)}`}
              </span>
            </span>
            {!current && (
              <Button size="small" onPress={() => void signOut(id)} aria-label={`Sign out ${browserName(browser)}`}>
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
