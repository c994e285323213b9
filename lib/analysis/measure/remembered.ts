/** The same function, its answers kept for as long as what they were about: measures never change once they are made. */
export function remembered<Of extends object, Answer>(find: (of: Of) => Answer): (of: Of) => Answer {
  const known = new WeakMap<Of, { readonly answer: Answer }>();
  return (of) => {
    const found = known.get(of) ?? { answer: find(of) };
    known.set(of, found);
    return found.answer;
  };
}

/** The same for what two things have to do with each other. */
export function rememberedPair<Of extends object, Answer>(find: (one: Of, other: Of) => Answer): (one: Of, other: Of) => Answer {
  const from = remembered((one: Of) => remembered((other: Of) => find(one, other)));
  return (one, other) => from(one)(other);
}
