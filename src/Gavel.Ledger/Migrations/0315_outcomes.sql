-- As before (0200), for outcomes that are recorded many at a time: runs of one Judge0 submission that end together make one row.
create or replace function tell_of_completed_judgings() returns trigger language plpgsql as $$
declare
    told boolean;
begin
    insert into webhook_deliveries (tenant_id, kind, webhook_id, endpoint, event, subject_id, judging_id)
    select n.tenant_id, 0, w.id, w.id, e.event, n.subject_id, n.id
      from changed n
      join original o on o.id = n.id and o.completed_at is null
     cross join lateral (select case n.kind when 1 then 'run.completed' else 'submission.judged' end) e(event)
      join webhooks w on w.tenant_id = n.tenant_id and w.enabled and w.url is not null and e.event = any(w.events)
     where n.completed_at is not null;
    told := found;

    insert into webhook_deliveries (tenant_id, kind, url, endpoint, event, subject_id, judging_id)
    select n.tenant_id, 1, c.url, callback_endpoint(c.tenant_id, c.url), case n.kind when 1 then 'run.completed' else 'submission.judged' end, n.subject_id, n.id
      from changed n
      join original o on o.id = n.id and o.completed_at is null
      join callbacks c on c.subject_id = n.subject_id and c.kind = 1
     where n.completed_at is not null;
    told := told or found;

    -- Every run of a Judge0 submission comes by here, several perhaps in one statement; the sender waits until the last has ended.
    insert into webhook_deliveries (tenant_id, kind, url, endpoint, event, subject_id)
    select distinct n.tenant_id, 2, c.url, callback_endpoint(c.tenant_id, c.url), 'judge0', c.parent
      from changed n
      join original o on o.id = n.id and o.completed_at is null
      join callbacks c on c.subject_id = n.subject_id and c.kind = 2
     where n.completed_at is not null
     order by c.parent
        on conflict (subject_id) where kind = 2 do update set due_at = '-infinity' where webhook_deliveries.state = 0 and webhook_deliveries.attempts = 0;
    if told or found then
        notify gavel_webhooks;
    end if;
    return null;
end $$;
