import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

/** Serves a page with one script, cross-origin isolated as ours are, and `files` by their path. */
export async function servePage(script: string, files: (path: string) => Buffer | null): Promise<{ url: string; close(): void }> {
  const { outputFiles } = await build({ entryPoints: [script], bundle: true, write: false, format: 'esm', target: 'es2022' });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  const server = createServer(({ url = '/' }, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    if (url === '/') return response.setHeader('Content-Type', 'text/html').end('<script type="module" src="/page.js"></script>');
    const body = url === '/page.js' ? code : files(url);
    response.setHeader('Content-Type', url.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
    response.statusCode = body ? 200 : 404;
    return response.end(body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}
