-- Months whose bulky rows (sources, judging_results) are in the blob store: docs/adr/0011-archive.md.
create table archives (
    month       date primary key,
    from_id     uuid not null,        -- the keys of the month: from_id <= id < to_id
    to_id       uuid not null,
    archived_at timestamptz not null,
    restored_at timestamptz           -- when its rows came back; null while they are in the blob store
);

-- Blobs of archives. A row is here before its blob is written and until it is deleted, so that no blob is ever forgotten. Only the rows of
-- "live" ones are archived; the others are left by a crash, a restore or an erasure, and are deleted.
create table archive_blobs (
    hash       text primary key,
    month      date not null,
    from_table text not null,
    first_id   uuid not null,
    last_id    uuid not null,
    row_count  integer not null,
    bytes      bigint not null,
    live       boolean not null default false
);

create unique index archive_blobs_key on archive_blobs (from_table, first_id) where live;
create index archive_blobs_dead on archive_blobs (hash) where not live;

-- Rows of archives that were erased on request: never read again, and soon no longer in any blob.
create table archive_erased (
    id    uuid primary key,
    month date not null
);

-- Erasing and rejudging hold it shared, to the end of their transaction; the last step of archiving and of restoring holds it alone.
create function archive_gate() returns void language sql as $$
    select pg_advisory_xact_lock_shared(26467, 0)
$$;

-- Called after the gate. Erases those of the rows that are in archives.
create function archive_erase(ids uuid[]) returns void language sql as $$
    insert into archive_erased (id, month)
    select i, a.month from unnest(ids) i join archives a on a.restored_at is null and i >= a.from_id and i < a.to_id
        on conflict do nothing
$$;
