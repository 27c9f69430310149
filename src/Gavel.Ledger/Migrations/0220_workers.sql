-- Who works in the fleet, as the workers say themselves at every heartbeat, and what operators want of them.
create table workers (
    name        text primary key,
    host        text not null,
    version     text not null,
    protocol    integer not null,
    slots       integer not null,
    languages   text[] not null,
    calibration double precision not null,  -- millions of steps per second of a fixed loop on one core
    started_at  timestamptz not null,
    seen_at     timestamptz not null,
    wanted      smallint not null default 0 -- WorkerOrder: 0 work, 1 pause, 2 leave
);
