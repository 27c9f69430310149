-- Leases up to "wanted" jobs: lanes in the given order, tenants of a lane in turn (starting after "after_tenant"), oldest first.
-- The loose index scan over judge_queue_waiting makes a pick cost two index probes however many jobs wait.
create function lease_jobs(worker_name text, languages text[], lanes smallint[], wanted integer, after_tenant integer, lease interval)
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
                     where q.worker is null and q.lane = this_lane and q.tenant_id = this_tenant and q.language = any(languages)
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

-- Ends a lease without a result: the job goes back to its place in the lane, or, after the last failure, to the dead letters with JudgeError
-- recorded. "failed" false hands it back without counting. Returns what became of it; null when the attempt was superseded.
create function end_attempt(judging uuid, of_attempt integer, failed boolean, reason text, most integer, delay interval)
returns text language plpgsql as $$
declare
    job judge_queue;
begin
    update judge_queue q
       set worker = null, leased_until = null, failures = q.failures + failed::int, last_failure = coalesce(reason, q.last_failure),
           not_before = case when failed then clock_timestamp() + delay * (q.failures + 1) end
     where q.judging_id = judging and q.attempt = of_attempt and q.worker is not null
    returning q.* into job;
    if not found then
        return null;
    end if;

    if job.failures < most then
        insert into judging_events values (judging, of_attempt * 1000000::bigint + 900000, '{"kind":"Queued"}') on conflict do nothing;
        perform pg_notify('gavel_events', judging::text);
        notify gavel_jobs;
        return 'queued';
    end if;

    delete from judge_queue q where q.judging_id = judging;
    insert into dead_letters (judging_id, tenant_id, lane, language, subject_id, kind, run_all, attempt, failures, reason)
    values (judging, job.tenant_id, job.lane, job.language, job.subject_id, job.kind, job.run_all, job.attempt, job.failures, coalesce(reason, ''));
    update judgings j set completed_at = clock_timestamp(), attempt = of_attempt, verdict = case job.kind when 0 then 9 else 7 end where j.id = judging;
    insert into judging_results (judging_id, result) values (judging, case job.kind
        when 0 then json_build_object('verdict', 'JudgeError', 'testcases', '[]'::json, 'judgeErrorReason', reason)
        else json_build_object('status', 'JudgeError', 'message', 'The judge failed.') end);
    insert into judging_events values (judging, of_attempt * 1000000::bigint + 999999, '{"kind":"Done","verdict":"JudgeError"}') on conflict do nothing;
    perform pg_notify('gavel_events', judging::text);
    return 'dead';
end $$;
