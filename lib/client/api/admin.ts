import { z } from 'zod';
import { adminJobsSchema, adminOverviewSchema, adminPeopleSchema, adminSessionsSchema } from '../../protocol';
import type { Request } from './request';

const nothing = z.unknown().transform(() => undefined);
const searching = (path: string, search: string) => `${path}?search=${encodeURIComponent(search)}`;

/** The calls of the administration. All reject with `ApiProblem`: 401 for who is not logged in, 404 where there is none. */
export function createAdminApi(request: Request) {
  return {
    logIn: (token: string) => request('POST', '/api/admin/login', nothing, { token }),
    logOut: () => request('DELETE', '/api/admin/login', nothing),
    overview: () => request('GET', '/api/admin/overview', adminOverviewSchema),
    sessions: (search: string) => request('GET', searching('/api/admin/sessions', search), adminSessionsSchema),
    deleteSession: (id: string) => request('DELETE', `/api/admin/sessions/${encodeURIComponent(id)}`, nothing),
    restoreSession: (id: string) => request('POST', `/api/admin/sessions/${encodeURIComponent(id)}/restore`, nothing),
    people: (search: string) => request('GET', searching('/api/admin/people', search), adminPeopleSchema),
    jobs: () => request('GET', '/api/admin/jobs', adminJobsSchema),
    retryJob: (stem: string) => request('POST', `/api/admin/jobs/${encodeURIComponent(stem)}/retry`, nothing),
    stopJob: (stem: string) => request('DELETE', `/api/admin/jobs/${encodeURIComponent(stem)}`, nothing),
  };
}
