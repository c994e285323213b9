declare const brand: unique symbol;

/** A nominal type over a primitive: a `Brand<number, 'Hz'>` cannot be passed for another number's brand. */
export type Brand<T, Name extends string> = T & { readonly [brand]?: Name };
