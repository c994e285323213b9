import type { AdminOverview } from '../../lib/protocol';
import { bytesInWords } from './bytes';

/** The figures at a glance, and what one may keep. */
export function Overview({ people, sessions, sockets, storage, jobs, quotas }: AdminOverview) {
  const short = storage.free < 2 * storage.reserve;
  return (
    <section aria-labelledby="overview" className="pt-2">
      <h2 id="overview" className="mb-3 font-semibold text-lg">
        Now
      </h2>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        <Figure name="People here" value={people.here} note={`${people.known} known`} />
        <Figure name="Connections" value={sockets} />
        <Figure name="Sessions" value={sessions.open} note={`${sessions.deleted} deleted`} />
        <Figure name="Stems" value={bytesInWords(storage.stems)} note="as they were sent" />
        <Figure
          name="Free on the disk"
          value={bytesInWords(storage.free)}
          note={
            short ? `Nearly none: ${bytesInWords(storage.reserve)} are kept for the mixes.` : `${bytesInWords(storage.reserve)} kept back`
          }
          warns={short}
        />
        <Figure name="Files at work" value={jobs} />
      </dl>
      <p className="mt-3 text-quiet text-sm">
        One stem may have {bytesInWords(quotas.stemBytes)}, a session {bytesInWords(quotas.sessionBytes)} in {quotas.stems} stems and{' '}
        {quotas.members} people; one person may keep {bytesInWords(quotas.personBytes)} and own {quotas.sessions} sessions.
      </p>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string | number;
  readonly note?: string;
  readonly warns?: boolean;
}

function Figure({ name, value, note, warns = false }: FigureProps) {
  return (
    <div className={`rounded-lg border bg-surface px-4 py-3 ${warns ? 'border-record' : 'border-line'}`}>
      <dt className="text-quiet text-xs">{name}</dt>
      <dd className="mt-0.5 font-semibold text-xl">{value}</dd>
      {note && <dd className={`text-xs ${warns ? 'text-record' : 'text-quiet'}`}>{note}</dd>}
    </div>
  );
}
