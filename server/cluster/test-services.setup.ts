import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.fixture';
import { startS3 } from './s3.fixture';

interface TestService {
  readonly url: string;
  stop(): Promise<void>;
}

/** The servers that tests share, one of each in a run, started when the first test asks. */
const SERVICES: Readonly<Record<string, () => Promise<TestService>>> = { postgres: startPostgres, s3: startS3 };

declare module 'vitest' {
  interface ProvidedContext {
    /** `GET` on it with a service's name behind answers with that service's address. */
    testServices: string;
  }
}

/** Vitest's `globalSetup`. Tests run in processes of their own, so they ask by HTTP. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<TestService>>();
  const desk = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    const start = SERVICES[name];
    if (!start) return response.writeHead(404).end();
    const service = started.get(name) ?? start();
    started.set(name, service);
    service.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  project.provide('testServices', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);
  return async () => {
    desk.close();
    const all = await Promise.allSettled(started.values());
    await Promise.all(all.flatMap((service) => (service.status === 'fulfilled' ? [service.value.stop()] : [])));
  };
}
