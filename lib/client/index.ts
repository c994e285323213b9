import { createAdminApi } from './api/admin';
import { createApi } from './api/api';
import { createRequest } from './api/request';
import type { OpenSession } from './types';

export { ApiProblem } from './api/problem';
export { DRAFT, MIX } from './heard/names';
export { isAudio } from './stems/unpack';
export type * from './types';

const inPage = createRequest((url, init) => fetch(url, init));
/** The service's HTTP API, for pages. Calls reject with `ApiProblem`. */
export const api = createApi(inPage);
/** The administration's part of it. */
export const admin = createAdminApi(inPage);

/**
 * Opens a session in this page. Rejects with `ApiProblem`: status 401 for nobody known (ask for a name), 404 for what does not
 * exist or is not shared with them, 0 when the service cannot be reached.
 */
export async function openSession(id: string): Promise<OpenSession> {
  // The page of a session is much heavier than the others; they do not load it.
  const [{ openOn }, { browserPlatform }] = await Promise.all([import('./session'), import('./browser')]);
  return openOn(browserPlatform(), id);
}
