/**
 * One statement, so one transaction and one way to the database and back. Numbers from a sequence are taken before the commit: of two
 * writers the one with the smaller number could commit last, and who read meanwhile would never see it. So each session is locked
 * first, in an order that is the same for all, and stays so until the commit is visible.
 */
export const APPEND = `
with added as materialized (
  select * from unnest($1::text[], $2::bytea[], $3::text[], $4::bigint[], $5::bigint[], $20::integer[])
    with ordinality as row (session_id, bytes, user_id, client_id, at, epoch, place)
), sessions as materialized (
  select distinct session_id, hashtextextended(session_id, 0) as key from added order by key
), locked as materialized (
  select count(pg_advisory_xact_lock(key)) as sessions from sessions
), present as materialized (
  select session_id, epoch_of_session(session_id, locked.sessions) as epoch from sessions, locked
), fitting as materialized (
  select added.*, row_number() over (order by place) as fit from added left join present using (session_id)
  where present.epoch is null or present.epoch = added.epoch
), written as (
  insert into updates (session_id, bytes, user_id, client_id, at)
  select session_id, bytes, user_id, client_id, at from fitting order by place
  returning sequence
), placed as (
  select sequence, place
  from (select sequence, row_number() over (order by sequence) as fit from written) as numbered join fitting using (fit)
), gestures as (
  insert into history (session_id, id, sequence, user_id, at, until, kind, strips, reverts, body)
  select session_id, id, sequence, user_id, at, until, kind, strips, reverts, body
  from unnest($6::text[], $7::text[], $8::bigint[], $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::text[], $15::text[])
    as gesture (session_id, id, place, user_id, at, until, kind, strips, reverts, body)
  join placed using (place)
  on conflict (session_id, id) do update set until = excluded.until, kind = excluded.kind, strips = excluded.strips,
    reverts = excluded.reverts, body = excluded.body
), gone_on as (
  update history set until = later.until, body = later.body
  from unnest($16::text[], $17::text[], $18::bigint[], $19::text[]) as later (session_id, id, until, body)
  where history.session_id = later.session_id and history.id = later.id
)
select sequence, place from placed order by place`;

/** Both tables in one statement: between two a compaction could move rows from the one to the other. */
export const SINCE = `
with snapshot as (
  select through as sequence, bytes, null::text as user_id, null::bigint as client_id, at, epoch
  from snapshots_of_updates where session_id = $1 and through > $2
)
select * from snapshot
union all
select sequence, bytes, user_id, client_id, at,
  coalesce((select epoch from snapshots_of_updates where session_id = $1), 0) as epoch
from updates
where session_id = $1 and sequence > coalesce((select sequence from snapshot), $2)
order by sequence`;

/** Where another compaction was faster, it has deleted what this one merged; then nothing is done. */
export const COMPACT = `
with put as (
  insert into snapshots_of_updates (session_id, bytes, through, at) values ($1, $2, $3, $4)
  on conflict (session_id) do update set bytes = excluded.bytes, through = excluded.through, at = excluded.at
  where excluded.through > snapshots_of_updates.through
  returning through
)
delete from updates using put where session_id = $1 and sequence <= put.through`;

/** The lock that `APPEND` takes; in a transaction, before `TURN`. */
export const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';

/** The document $2 begins the epoch $3; under the lock. */
export const TURN = `
with put as (
  insert into snapshots_of_updates (session_id, bytes, through, at, epoch)
  values ($1, $2, nextval(pg_get_serial_sequence('updates', 'sequence')), $4, $3)
  on conflict (session_id) do update
  set bytes = excluded.bytes, through = excluded.through, at = excluded.at, epoch = excluded.epoch
  returning through
), merged as (
  delete from updates using put where session_id = $1 and sequence < put.through
)
select through from put`;

export const REMOVE = `
with snapshot as (delete from snapshots_of_updates where session_id = $1),
gestures as (delete from history where session_id = $1)
delete from updates where session_id = $1`;

export const GESTURES_AFTER = `
select id, sequence, user_id, at, until, kind, strips, reverts, body from history
where session_id = $1 and sequence > $2 order by sequence`;

/** The newest first. */
export const NEWEST_GESTURES = `
select id, sequence, user_id, at, until, kind, strips, reverts, body from history
where session_id = $1 and sequence <= $2 order by sequence desc limit $3`;

/** Of the session $1 the newest $2 stay, as far as their bodies have $3 characters together. */
export const TRIM_GESTURES = `
delete from history where session_id = $1 and sequence <= (
  select max(sequence) from (
    select sequence, row_number() over newest as place, sum(length(body)) over newest as bytes
    from history where session_id = $1 window newest as (order by sequence desc)
  ) as counted where place > $2 or bytes > $3)`;
