import { MIX, type OpenSession } from '../../lib/client';
import { attempt } from './toasts';

/** Lets this page hear the mix, a version, the draft, or a letter of the blind test that it takes part in. */
export function hear(session: OpenSession, id: string): void {
  const { audition, blindTests } = session;
  const joined = blindTests.joined.get();
  const letter = blindTests.list
    .get()
    .find((test) => test.id === joined)
    ?.letters.find((one) => one === id);
  if (letter) void attempt(blindTests.hear(letter));
  else audition.hear(id);
}

/** By number: a letter of the blind test, else a version as the list has it; heard again, it gives way to the mix. */
export function hearNumber(session: OpenSession, number: number): void {
  const { audition, blindTests, versions } = session;
  const joined = blindTests.joined.get();
  const letters = blindTests.list.get().find((test) => test.id === joined)?.letters;
  const version = versions.list.get()[number - 1];
  if (letters) {
    const letter = letters[number - 1];
    if (letter) hear(session, letter);
  } else if (version && audition.heard.get() === version.id) audition.hear(MIX);
  else if (version) void attempt(versions.hear(version.id));
}

let before = MIX;
/** To and fro between what is heard and what was heard last. */
export function hearOther(session: OpenSession): void {
  const heard = session.audition.heard.get();
  const others = session.audition.others.get();
  const other = before === heard ? (others.find(({ id }) => id !== heard)?.id ?? MIX) : before;
  before = heard;
  hear(session, other);
}
