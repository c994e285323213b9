const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * A random identifier of `length` characters from 0-9a-z (default 16: 82 bits), drawn from the platform's secure source.
 * Bytes over 251 are drawn again so that every character is equally likely.
 */
export function newId(length = 16): string {
  let id = '';
  while (id.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 252 && id.length < length) id += ALPHABET[byte % 36];
    }
  }
  return id;
}
