/** @type {import('next').NextConfig} */
const config = {
  // Several checkouts' servers, or a build beside a development server, need folders of their own.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // Type errors and lint are the business of `npm run check`; the build does not do it twice.
  typescript: { ignoreBuildErrors: true },
  // One copy of yjs for the whole process, and natives stay what they are.
  serverExternalPackages: ['yjs', 'y-protocols', 'lib0', 'y-websocket', '@photostructure/sqlite', 'pino'],
  experimental: { agentUpgrade: false },
  devIndicators: false,
};

export default config;
