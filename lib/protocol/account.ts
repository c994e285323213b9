import { z } from 'zod';
import { nameSchema, userSchema } from './http';

const emailSchema = z.string().trim().toLowerCase().pipe(z.email('an e-mail address').max(254));
/** Long rather than strange (NIST SP 800-63B, 3.1.1.2); bounded, for each is hashed at some cost. */
const passwordSchema = z.string().min(10, 'A password has at least 10 characters.').max(128, 'A password has at most 128 characters.');
const givenPassword = z.string().min(1).max(128);

export const accountSchema = z.object({
  /** Null for a guest, and for nobody known. */
  email: z.string().nullable(),
  /** Whether a forgotten password can be set anew by mail: a mail server is configured. */
  mail: z.boolean(),
});
export const profileRequest = z.object({ name: nameSchema, color: z.number().int().min(0).max(11) }).partial();
export const signUpRequest = z.object({ email: emailSchema, password: passwordSchema, name: nameSchema.optional() });
export const signInRequest = z.object({ email: emailSchema, password: givenPassword });
export const signedInSchema = z.object({ user: userSchema });
export const passwordRequest = z.object({ current: givenPassword, next: passwordSchema });
export const resetRequest = z.object({ email: emailSchema });
export const newPasswordRequest = z.object({ token: z.string().min(1).max(200), password: passwordSchema });
/** A browser in which somebody is signed in. Times in milliseconds since 1970. */
export const deviceSchema = z.object({ id: z.string(), browser: z.string(), since: z.number(), current: z.boolean() });

export type Account = z.infer<typeof accountSchema>;
export type Device = z.infer<typeof deviceSchema>;
