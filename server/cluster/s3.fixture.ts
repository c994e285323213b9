import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

/** The only key that s3rver takes, and its secret. */
export const S3_TEST_KEY = 'S3RVER';

/** An S3 server of our own on a free port, with a folder of its own that goes with it. */
export async function startS3(port = 0): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 's3-'));
  const server = new S3rver({ address: '127.0.0.1', port, silent: true, directory });
  const bound = await server.run();
  return {
    url: `http://127.0.0.1:${bound.port}`,
    async stop() {
      server.httpServer.closeAllConnections();
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
