import { sizeInWords } from '../../lib/ingest';
import { Refusal } from '../http/problem';
import type { StemRows } from './repository';

interface QuotaLimits {
  /** Bytes of all stems in one session. */
  readonly sessionBytes: number;
  /** Bytes of all stems that one person has sent. */
  readonly personBytes: number;
}

/** What one more file would be part of. */
interface Claim {
  readonly stemId: string;
  readonly sessionId: string;
  readonly userId: string;
}

/** How many bytes one more file may have; over it, `refusal` says which limit it is and what is there. */
export interface Allowance {
  readonly bytes: number;
  refusal(bytes: number | null): Refusal;
}

/** What a session, or a person, may still add. Files that are on their way count with the size that they have announced. */
export async function allowance(rows: StemRows, limits: QuotaLimits, { stemId, sessionId, userId }: Claim): Promise<Allowance> {
  const inSession = await rows.bytesOfSession(sessionId, stemId);
  const ofPerson = await rows.bytesOfPerson(userId, stemId);
  const session = { bytes: limits.sessionBytes - inSession, refusal: refusalOf('A session', limits.sessionBytes, inSession, REMOVE) };
  const person = { bytes: limits.personBytes - ofPerson, refusal: refusalOf('One person', limits.personBytes, ofPerson, ERASED) };
  return session.bytes <= person.bytes ? session : person;
}

const REMOVE = 'Remove some to make room.';
const ERASED = 'Remove some to make room; what is in deleted sessions counts for thirty days more.';

function refusalOf(who: string, most: number, there: number, remedy: string) {
  return (bytes: number | null): Refusal => {
    const file = bytes === null ? 'this file has more than is left' : `this file has ${sizeInWords(bytes)}`;
    const used = `${sizeInWords(there)} are there or on their way`;
    const detail = `${who} may have ${sizeInWords(most)} of stems: ${used}, and ${file}. Nothing was added; the other stems are safe. ${remedy}`;
    // What is still on its way up is not read, so the line can carry no further request.
    return new Refusal(409, detail, { connection: 'close' });
  };
}
