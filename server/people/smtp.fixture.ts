import { createServer, type Socket } from 'node:net';

/** A mail server that takes every letter (RFC 5321, as much of it as a sender needs). */
export async function smtpServer() {
  const letters: string[] = [];
  const lines = new Set<Socket>();
  const server = createServer((line) => {
    lines.add(line);
    let text = '';
    let inLetter = false;
    const say = (words: string) => line.write(`${words}\r\n`);
    line.on('error', () => {});
    line.on('data', (bytes) => {
      text += bytes.toString('utf8');
      for (;;) {
        const end = text.indexOf(inLetter ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const part = text.slice(0, end);
        text = text.slice(end + (inLetter ? 5 : 2));
        if (inLetter) letters.push(part);
        if (inLetter) say('250 taken');
        else if (/^DATA/i.test(part)) say('354 go on');
        else if (/^QUIT/i.test(part)) say('221 bye');
        else say('250 well');
        inLetter = !inLetter && /^DATA/i.test(part);
      }
    });
    say('220 here');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    /** Quoted-printable undone as far as a link needs it. */
    letters: () => letters.map((letter) => letter.replace(/=\r\n/g, '').replace(/=3D/g, '=')),
    close() {
      for (const line of lines) line.destroy();
      server.close();
    },
  };
}
