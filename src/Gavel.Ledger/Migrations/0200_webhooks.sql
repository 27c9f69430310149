-- Webhooks of tenants, callbacks of single submissions and runs, and the outbox that both are sent from. Rows of the outbox are made by triggers, in
-- the transaction that they tell of: an event can be neither lost nor told of something that was rolled back.

create table webhooks (
    id              uuid primary key,
    tenant_id       integer not null references tenants,
    name            text not null,
    url             text,                -- null: the row that holds the secret of the tenant's callbacks
    events          text[] not null,
    headers         json not null,       -- an object of texts, sent along
    secret          bytea not null,
    previous_secret bytea,               -- signs too until previous_until, so that receivers can change over
    previous_until  timestamptz,
    enabled         boolean not null default true,
    created_at      timestamptz not null
);

create index webhooks_tenant on webhooks (tenant_id, id);
create unique index webhooks_callbacks on webhooks (tenant_id) where url is null;

-- Where to tell of one submission (kind 1), run (kind 1), or of a Judge0 submission that the run belongs to (kind 2, which is "parent").
create table callbacks (
    subject_id uuid not null,
    kind       smallint not null,
    tenant_id  integer not null,
    url        text not null,
    parent     uuid,
    primary key (subject_id, kind)
);

create table webhook_deliveries (
    id               uuid primary key default gen_random_uuid(),   -- the event's id for the receiver, the same at every attempt
    seq              bigint not null generated always as identity, -- the order within a subject
    tenant_id        integer not null,
    kind             smallint not null,            -- 0 webhook, 1 callback, 2 Judge0 callback
    webhook_id       uuid,                         -- kind 0
    url              text,                         -- kinds 1 and 2
    endpoint         uuid not null,                -- who shares a receiver: the webhook, or the tenant and host
    event            text not null,
    subject_id       uuid not null,
    judging_id       uuid,
    created_at       timestamptz not null default clock_timestamp(),
    state            smallint not null default 0,  -- 0 pending, 1 delivered, 2 dead, 3 dropped
    due_at           timestamptz not null default '-infinity', -- while it is being sent: when another may take it over
    attempts         integer not null default 0,
    first_attempt_at timestamptz,
    finished_at      timestamptz,
    last_status      integer,
    last_error       text
);

create index webhook_deliveries_due on webhook_deliveries (endpoint, due_at, seq) where state = 0;
create index webhook_deliveries_stream on webhook_deliveries (subject_id, endpoint, seq) where state = 0;
create index webhook_deliveries_log on webhook_deliveries (tenant_id, seq);
create unique index webhook_deliveries_judge0 on webhook_deliveries (subject_id) where kind = 2;

create table webhook_attempts (
    delivery_id uuid not null,
    attempt     integer not null,
    at          timestamptz not null,
    status      integer,     -- of the answer; null when there was none
    error       text,
    duration_ms integer not null,
    response    text,        -- how the answer began
    primary key (delivery_id, attempt)
);

-- Who shares a receiver among callbacks: a tenant's callbacks to one host. One that is slow does not hold up the others.
create function callback_endpoint(tenant integer, url text) returns uuid language sql immutable as $$
    select md5(tenant::text || ' ' || lower(coalesce(substring(url from '^[a-zA-Z]+://([^/?#]+)'), url)))::uuid
$$;

-- Their callbacks are sent from the outbox now.
drop index judge0_callbacks;
alter table judge0_submissions drop column callback_url, drop column callback_due, drop column callback_attempts;

create function tell_of_added_judgings() returns trigger language plpgsql as $$
begin
    insert into webhook_deliveries (tenant_id, kind, webhook_id, endpoint, event, subject_id, judging_id)
    select a.tenant_id, 0, w.id, w.id, a.event, a.subject_id, a.id
      from (select *, case when kind = 1 then 'run.queued' when previous_id is null then 'submission.queued' else 'submission.rejudging' end as event from added) a
      join webhooks w on w.tenant_id = a.tenant_id and w.enabled and w.url is not null and a.event = any(w.events)
     order by a.id;
    if found then
        notify gavel_webhooks;
    end if;
    return null;
end $$;

create function tell_of_completed_judgings() returns trigger language plpgsql as $$
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

    -- Every run of a Judge0 submission comes by here; the sender waits until the last has ended.
    insert into webhook_deliveries (tenant_id, kind, url, endpoint, event, subject_id)
    select n.tenant_id, 2, c.url, callback_endpoint(c.tenant_id, c.url), 'judge0', c.parent
      from changed n
      join original o on o.id = n.id and o.completed_at is null
      join callbacks c on c.subject_id = n.subject_id and c.kind = 2
     where n.completed_at is not null
        on conflict (subject_id) where kind = 2 do update set due_at = '-infinity' where webhook_deliveries.state = 0 and webhook_deliveries.attempts = 0;
    if told or found then
        notify gavel_webhooks;
    end if;
    return null;
end $$;

-- For whole statements: one call for a batch of submissions, and next to nothing where nobody listens.
create trigger judgings_added after insert on judgings referencing new table as added
    for each statement execute function tell_of_added_judgings();
create trigger judgings_completed after update on judgings referencing old table as original new table as changed
    for each statement execute function tell_of_completed_judgings();

-- Leases up to "most" deliveries that are due, at most "each" of a receiver, receivers in turn (starting after "after_endpoint"). Of a subject only the
-- oldest is sent; those behind it are looked at again when it ended, or after five minutes. A claim that nobody finishes is due again after "lease".
create function claim_deliveries(now_at timestamptz, lease interval, each integer, most integer, after_endpoint uuid, busy uuid[])
returns setof webhook_deliveries language plpgsql as $$
declare
    this_endpoint uuid := after_endpoint;
    row     webhook_deliveries;
    ahead   timestamptz;
    taken   integer := 0;
    of_this integer;
    wrapped boolean := false;
begin
    loop
        exit when taken >= most;
        select d.endpoint into this_endpoint from webhook_deliveries d
         where d.state = 0 and d.endpoint > this_endpoint order by d.endpoint limit 1;
        if not found then
            exit when wrapped;
            wrapped := true;
            this_endpoint := '00000000-0000-0000-0000-000000000000';
            continue;
        end if;
        exit when wrapped and this_endpoint > after_endpoint;
        continue when this_endpoint = any(busy);

        of_this := 0;
        for row in select * from webhook_deliveries d
                    where d.state = 0 and d.endpoint = this_endpoint and d.due_at <= now_at
                    order by d.due_at, d.seq limit each * 4 for update skip locked
        loop
            exit when of_this >= each or taken >= most;
            select e.due_at into ahead from webhook_deliveries e
             where e.state = 0 and e.subject_id = row.subject_id and e.endpoint = row.endpoint and e.seq < row.seq order by e.seq limit 1;
            if found then
                update webhook_deliveries d set due_at = least(greatest(ahead, now_at + interval '1 second'), now_at + interval '5 minutes') where d.id = row.id;
                continue;
            end if;

            update webhook_deliveries d
               set due_at = now_at + lease, attempts = d.attempts + 1, first_attempt_at = coalesce(d.first_attempt_at, now_at)
             where d.id = row.id
            returning d.* into row;
            of_this := of_this + 1;
            taken := taken + 1;
            return next row;
        end loop;
    end loop;
end $$;
