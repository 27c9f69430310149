-- Jobs that are at a broker: leased to the worker "(broker)" until a worker is heard to hold them.
alter table judge_queue add column published_at timestamptz;

-- As before, and null languages means any.
create or replace function lease_jobs(worker_name text, languages text[], lanes smallint[], wanted integer, after_tenant integer, lease interval)
returns setof judge_queue language plpgsql rows 4 as $$
declare
    this_lane  smallint;
    this_tenant integer;
    job        judge_queue;
    taken      integer := 0;
    progressed boolean;
    wrapped    boolean;
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
