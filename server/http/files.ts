/** Paths whose bodies are files: large, and perhaps slow to arrive. */
export const FILES = /^\/api\/(uploads(\/|$)|sessions\/[^/]+\/stems$)/;
