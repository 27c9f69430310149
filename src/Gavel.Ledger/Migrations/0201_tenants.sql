-- What a tenant may use; null is the server's own limit.
alter table tenants
    add column disabled     boolean not null default false,
    add column cpu_ms       bigint,   -- of one run
    add column wall_ms      bigint,
    add column memory_bytes bigint,
    add column output_bytes bigint,
    add column at_once      integer,  -- jobs that are judged at a time
    add column waiting      bigint,   -- jobs that may wait
    add column daily_jobs   bigint;   -- submissions and runs of a day (UTC)

-- CPU time over all testcases; cpu_us is the largest.
alter table judgings add column spent_us bigint;

-- What tenants used, by day (UTC). Several rows a day, so that transactions at the same time do not wait for each other; they are summed up.
create table tenant_usage (
    tenant_id    integer not null,
    day          date not null,
    shard        smallint not null,
    submissions  bigint not null default 0,
    runs         bigint not null default 0,
    judgings     bigint not null default 0, -- that ended, rejudges too
    cpu_us       bigint not null default 0,
    stored_bytes bigint not null default 0, -- that were added: sources and input, results and output
    primary key (tenant_id, day, shard)
) with (fillfactor = 50);

create function count_added_judgings() returns trigger language plpgsql as $$
begin
    insert into tenant_usage as u (tenant_id, day, shard, submissions, runs, stored_bytes)
    select a.tenant_id, (now() at time zone 'UTC')::date, pg_backend_pid() % 16,
           count(*) filter (where a.kind = 0 and a.previous_id is null), count(*) filter (where a.kind = 1),
           coalesce(sum(octet_length(c.files) + coalesce(octet_length(c.input), 0)) filter (where a.previous_id is null), 0)
      from added a left join sources c on c.id = a.subject_id
     group by a.tenant_id order by a.tenant_id
        on conflict (tenant_id, day, shard) do update
       set submissions = u.submissions + excluded.submissions, runs = u.runs + excluded.runs, stored_bytes = u.stored_bytes + excluded.stored_bytes;
    return null;
end $$;

create function count_completed_judgings() returns trigger language plpgsql as $$
begin
    insert into tenant_usage as u (tenant_id, day, shard, judgings, cpu_us, stored_bytes)
    select n.tenant_id, (now() at time zone 'UTC')::date, pg_backend_pid() % 16, count(*), coalesce(sum(n.spent_us), 0),
           coalesce(sum(pg_column_size(r.result) + coalesce(octet_length(r.output), 0) + coalesce(octet_length(r.error_output), 0)), 0)
      from changed n join original o on o.id = n.id and o.completed_at is null left join judging_results r on r.judging_id = n.id
     where n.completed_at is not null
     group by n.tenant_id order by n.tenant_id
        on conflict (tenant_id, day, shard) do update
       set judgings = u.judgings + excluded.judgings, cpu_us = u.cpu_us + excluded.cpu_us, stored_bytes = u.stored_bytes + excluded.stored_bytes;
    -- A tenant that is at its limit has room again, which nobody else would tell.
    if exists (select from changed n join tenants t on t.id = n.tenant_id and t.at_once is not null) then
        notify gavel_jobs;
    end if;
    return null;
end $$;

create trigger judgings_counted after insert on judgings referencing new table as added
    for each statement execute function count_added_judgings();
create trigger judgings_spent after update on judgings referencing old table as original new table as changed
    for each statement execute function count_completed_judgings();

drop index judge_queue_leased;
create index judge_queue_held on judge_queue (tenant_id) where worker is not null;

-- As before, and a tenant has at most "at_once" jobs leased; a disabled one none.
create or replace function lease_jobs(worker_name text, languages text[], lanes smallint[], wanted integer, after_tenant integer, lease interval)
returns setof judge_queue language plpgsql rows 4 as $$
declare
    this_lane   smallint;
    this_tenant integer;
    most        integer;
    job         judge_queue;
    taken       integer := 0;
    progressed  boolean;
    wrapped     boolean;
begin
    foreach this_lane in array lanes loop
        loop
            progressed := false;
            wrapped := false;
            this_tenant := after_tenant;
            loop
                exit when taken >= wanted;
                select q.tenant_id into this_tenant from judge_queue q
                 where q.worker is null and q.lane = this_lane and q.tenant_id > this_tenant
                 order by q.tenant_id limit 1;
                if not found then
                    exit when wrapped;
                    wrapped := true;
                    this_tenant := 0;
                    continue;
                end if;
                exit when wrapped and this_tenant > after_tenant;

                select case when t.disabled then 0 else t.at_once end into most from tenants t where t.id = this_tenant;
                if most is not null then
                    -- Counted one after the other. Whoever finds another counting leaves the tenant to it: waiting here could end in a deadlock.
                    continue when not pg_try_advisory_xact_lock(26465, this_tenant);
                    continue when (select count(*) from judge_queue q where q.tenant_id = this_tenant and q.worker is not null) >= most;
                end if;

                update judge_queue u
                   set worker = worker_name, attempt = u.attempt + 1, leased_until = clock_timestamp() + lease
                 where u.judging_id = (
                    select q.judging_id from judge_queue q
                     where q.worker is null and q.lane = this_lane and q.tenant_id = this_tenant and (languages is null or q.language = any(languages))
                       and (q.not_before is null or q.not_before <= now())
                     order by q.judging_id limit 1
                       for update skip locked)
                returning u.* into job;
                if found then
                    taken := taken + 1;
                    progressed := true;
                    return next job;
                end if;
            end loop;
            exit when not progressed or taken >= wanted;
        end loop;
        exit when taken >= wanted;
    end loop;
end $$;
