-- Bytes of source and input that were stored with a judging; null for a rejudge. The counting trigger read them from the sources, by a plan that was
-- made while they were few: it scanned the whole month at every batch, which was half of what PostgreSQL did for a submission.
alter table judgings add column stored_bytes integer;

-- A row of tenant_usage that no other transaction holds: writers waited for each other's commits when their process ids were equal modulo 16.
create function usage_shard() returns smallint language plpgsql as $$
begin
    for i in 0..15 loop
        if pg_try_advisory_xact_lock(26466, (pg_backend_pid() + i) % 16) then
            return (pg_backend_pid() + i) % 16;
        end if;
    end loop;
    return pg_backend_pid() % 16;
end $$;

create or replace function count_added_judgings() returns trigger language plpgsql as $$
declare
    free_shard smallint := usage_shard();
begin
    insert into tenant_usage as u (tenant_id, day, shard, submissions, runs, stored_bytes)
    select a.tenant_id, (now() at time zone 'UTC')::date, free_shard,
           count(*) filter (where a.kind = 0 and a.previous_id is null), count(*) filter (where a.kind = 1), coalesce(sum(a.stored_bytes), 0)
      from added a
     group by a.tenant_id order by a.tenant_id
        on conflict (tenant_id, day, shard) do update
       set submissions = u.submissions + excluded.submissions, runs = u.runs + excluded.runs, stored_bytes = u.stored_bytes + excluded.stored_bytes;
    return null;
end $$;

-- Asks for each result by its key: a subquery that names the row cannot become such a scan.
create or replace function count_completed_judgings() returns trigger language plpgsql as $$
declare
    free_shard smallint := usage_shard();
begin
    insert into tenant_usage as u (tenant_id, day, shard, judgings, cpu_us, stored_bytes)
    select n.tenant_id, (now() at time zone 'UTC')::date, free_shard, count(*), coalesce(sum(n.spent_us), 0),
           coalesce(sum((select pg_column_size(r.result) + coalesce(octet_length(r.output), 0) + coalesce(octet_length(r.error_output), 0)
                           from judging_results r where r.judging_id = n.id)), 0)
      from changed n join original o on o.id = n.id and o.completed_at is null
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
