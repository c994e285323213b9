import { createTransport } from 'nodemailer';
import type { Config } from '../config';
import type { Log } from '../observability/log';

interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}
/** Sends a letter later; what cannot be sent is logged, without what is in it. Null where no mail server is configured. */
export type SendMail = ((letter: Letter) => void) | null;

const PATIENCE_MS = 15_000;

export function createMail({ SMTP_URL, MAIL_FROM }: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>, log: Pick<Log, 'error'>): SendMail {
  if (SMTP_URL === null) return null;
  const patience = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
  const transport = createTransport({ url: SMTP_URL, ...patience });
  return (letter) => {
    transport
      .sendMail({ from: MAIL_FROM ?? 'Mixing Table <mixing-table@localhost>', ...letter })
      .catch((error: unknown) => log.error({ err: error }, 'a letter was not sent'));
  };
}
