/** @type {import('next').NextConfig} */
const config = {
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
