import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Chance } from '../../lib/desk/chance';

/** What a line adds to each direction: milliseconds, and by chance up to so many more. */
export interface Distance {
  readonly out: number;
  readonly back: number;
  readonly outJitter: number;
  readonly backJitter: number;
}

/** A long way to a server on this machine. */
export interface FarLine {
  readonly url: string;
  close(): Promise<void>;
}

/** Passes bytes on later, in their order. */
function later(from: Socket, to: Socket, delay: () => number): void {
  let last = 0;
  // Timers of unlike lengths may end in another order than they should.
  const turns: (() => void)[] = [];
  const inTurn = (pass: () => void) => {
    const now = performance.now();
    last = Math.max(last, now + delay());
    turns.push(pass);
    setTimeout(() => turns.shift()?.(), last - now);
  };
  from.on('data', (bytes: Buffer) => inTurn(() => to.write(bytes)));
  from.on('close', () => inTurn(() => to.destroy()));
  from.on('error', () => from.destroy());
}

/** Opens a line to the server at `url`, with delays that a seed repeats. */
export async function farLine(url: string, distance: Distance, seed: number): Promise<FarLine> {
  const chance = new Chance(seed);
  const port = Number(new URL(url).port);
  const open = new Set<Socket>();
  const server = createServer((here) => {
    const there = connect({ host: '127.0.0.1', port });
    for (const socket of [here, there]) {
      socket.setNoDelay();
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    later(here, there, () => distance.out + distance.outJitter * chance.next());
    later(there, here, () => distance.back + distance.backJitter * chance.next());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
