-- Leases jobs and reads what they need in two statements. In one, the read had the snapshot of before the lease: a job whose submission was committed
-- between the two was leased, but its source was not seen, so nobody worked on it until the lease ran out.
create function lease_work(worker_name text, languages text[], lanes smallint[], wanted integer, after_tenant integer, lease interval)
returns table (
    judging_id uuid, attempt integer, lane smallint, language text, kind smallint, run_all boolean, tenant_id integer, files bytea, input bytea,
    slug text, package_hash text, arguments text[], cpu_us bigint, wall_us bigint, memory_bytes bigint, output_bytes bigint)
language plpgsql as $$
#variable_conflict use_column
declare
    leased judge_queue[];
begin
    select array_agg(j) into leased from lease_jobs(worker_name, languages, lanes, wanted, after_tenant, lease) j;
    return query
        select q.judging_id, q.attempt, q.lane, q.language, q.kind, q.run_all, q.tenant_id, c.files, c.input, p.slug, v.package_hash,
               r.arguments, r.cpu_us, r.wall_us, r.memory_bytes, r.output_bytes
          from unnest(leased) q
          join sources c on c.id = q.subject_id
          left join submissions s on q.kind = 0 and s.id = q.subject_id
          left join problems p on p.id = s.problem_id
          left join problem_versions v on v.problem_id = s.problem_id and v.version = s.problem_version
          left join runs r on q.kind = 1 and r.id = q.subject_id;
end $$;
