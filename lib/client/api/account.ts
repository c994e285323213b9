import { z } from 'zod';
import { accountSchema, deviceSchema, type profileRequest, signedInSchema, type signInRequest, type signUpRequest } from '../../protocol';
import type { Request } from './request';

const nothing = z.unknown().transform(() => undefined);

/** The calls that concern who one is. */
export function createAccountApi(request: Request) {
  return {
    account: () => request('GET', '/api/account', accountSchema),
    changeProfile: (profile: z.input<typeof profileRequest>) => request('PATCH', '/api/account', signedInSchema, profile),
    signUp: (wish: z.input<typeof signUpRequest>) => request('POST', '/api/account/sign-up', signedInSchema, wish),
    signIn: (wish: z.input<typeof signInRequest>) => request('POST', '/api/account/sign-in', signedInSchema, wish),
    signOut: () => request('POST', '/api/account/sign-out', nothing),
    devices: () => request('GET', '/api/account/devices', z.array(deviceSchema)),
    signOutDevice: (id: string) => request('DELETE', `/api/account/devices/${encodeURIComponent(id)}`, nothing),
    changePassword: (current: string, next: string) => request('POST', '/api/account/password', nothing, { current, next }),
    askReset: (email: string) => request('POST', '/api/account/reset', nothing, { email }),
    resetPassword: (token: string, password: string) => request('POST', '/api/account/reset/confirm', nothing, { token, password }),
  };
}
