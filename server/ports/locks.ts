/** Keeps instances from doing the same thing at the same time. */
export interface Locks {
  /** True for the one instance that may do it in the next `ms`; false for the others, and while that cannot be known. */
  take(name: string, ms: number): Promise<boolean>;
}
