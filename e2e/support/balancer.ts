import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Sends each connection to the next instance, as the simplest of proxies do: nobody comes back to the one that they had. */
export interface Balancer {
  readonly url: string;
  /** The instances' ports, in order; one that does not answer is passed over. */
  instances: readonly number[];
  /** Which instance each sync socket went to, in the order of their coming. */
  readonly syncSockets: readonly number[];
  close(): Promise<void>;
}

const TURNS = [/^GET \/sync\//, /^GET \/socket\.io\//, /^/] as const;

/** Takes turns for each kind of connection by itself, so that the first two people are on two instances. */
export async function balance(port = 0): Promise<Balancer> {
  const turns = TURNS.map(() => 0);
  const open = new Set<Socket>();
  const syncSockets: number[] = [];
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (head: Buffer) => {
      socket.pause();
      const kind = TURNS.findIndex((pattern) => pattern.test(head.toString('latin1', 0, 64)));
      const turn = turns[kind] ?? 0;
      turns[kind] = turn + 1;
      pass(socket, head, turn, balancer.instances.length, (index) => kind === 0 && syncSockets.push(index));
    });
  });

  function pass(socket: Socket, head: Buffer, turn: number, tries: number, took: (index: number) => void): void {
    const index = turn % balancer.instances.length;
    const there = connect({ host: '127.0.0.1', port: balancer.instances[index] ?? 0 });
    const refused = () => {
      if (tries > 1) pass(socket, head, turn + 1, tries - 1, took);
      else socket.destroy();
    };
    there.once('error', refused);
    there.once('connect', () => {
      there.off('error', refused);
      there.on('error', () => socket.destroy());
      there.on('close', () => socket.destroy());
      socket.on('close', () => there.destroy());
      took(index);
      there.write(head);
      there.pipe(socket);
      socket.pipe(there);
    });
  }

  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const balancer: Balancer = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    instances: [],
    syncSockets,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
  return balancer;
}
