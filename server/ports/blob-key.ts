const KEY = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/;

/** The key itself. Throws on one that could leave its folder or hide in it. */
export function checkedKey(key: string): string {
  if (key.length > 500 || !KEY.test(key) || key.split('/').some((part) => part === '.' || part === '..')) {
    throw new Error(`Not a blob key: ${JSON.stringify(key.slice(0, 80))}`);
  }
  return key;
}
