/** Ends a `switch` over a union: the compiler refuses the call while a case is missing. Throws if reached at run time. */
export function exhaustive(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
