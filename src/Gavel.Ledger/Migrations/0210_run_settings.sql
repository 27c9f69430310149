-- What a run asks for beyond source, input and limits, as JSON; null for nothing. Text: an environment may hold escapes that jsonb refuses.
alter table runs add column settings text;

drop function lease_work(text, text[], smallint[], integer, integer, interval);

-- As before (0120), and with the settings of runs.
create function lease_work(worker_name text, languages text[], lanes smallint[], wanted integer, after_tenant integer, lease interval)
returns table (
    judging_id uuid, attempt integer, lane smallint, language text, kind smallint, run_all boolean, tenant_id integer, files bytea, input bytea,
    slug text, package_hash text, arguments text[], cpu_us bigint, wall_us bigint, memory_bytes bigint, output_bytes bigint, settings text)
language plpgsql as $$
#variable_conflict use_column
declare
    leased judge_queue[];
begin
    select array_agg(j) into leased from lease_jobs(worker_name, languages, lanes, wanted, after_tenant, lease) j;
    return query
        select q.judging_id, q.attempt, q.lane, q.language, q.kind, q.run_all, q.tenant_id, c.files, c.input, p.slug, v.package_hash,
               r.arguments, r.cpu_us, r.wall_us, r.memory_bytes, r.output_bytes, r.settings
          from unnest(leased) q
          join sources c on c.id = q.subject_id
          left join submissions s on q.kind = 0 and s.id = q.subject_id
          left join problems p on p.id = s.problem_id
          left join problem_versions v on v.problem_id = s.problem_id and v.version = s.problem_version
          left join runs r on q.kind = 1 and r.id = q.subject_id;
end $$;
