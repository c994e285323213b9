import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import './globals.css';

const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
  display: 'swap',
});
/** Names of people and songs come in every European spelling; loaded only where a page shows one. */
const interExt = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  variable: '--font-inter-ext',
  weight: '100 900',
  display: 'swap',
  preload: false,
});

export const metadata: Metadata = {
  title: { default: 'Mixing Table', template: '%s · Mixing Table' },
  description: 'Open a link, hear the song, mix it together.',
};
export const viewport: Viewport = { themeColor: '#0f1115', width: 'device-width', initialScale: 1, viewportFit: 'cover' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The content security policy's nonce differs for each request, so no page may be prerendered.
  await connection();
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    <html lang="en" className={`${inter.variable} ${interExt.variable}`}>
      <head>
        <meta property="csp-nonce" content={nonce} />
      </head>
      <body>{children}</body>
    </html>
  );
}
