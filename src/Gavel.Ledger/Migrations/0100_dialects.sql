-- Submissions that came by the Judge0 dialect: the request as it was given, and the runs that carry it out. Their source lives with the runs too;
-- the request is kept because clients ask for every field of it. json, not jsonb: sources may hold NUL escapes, which jsonb refuses.
create table judge0_submissions (
    token      uuid primary key,
    tenant_id  integer not null,
    author_id  uuid not null,
    request    json not null,
    run_ids    uuid[] not null,
    created_at timestamptz not null,
    callback_url      text,
    callback_due      timestamptz,     -- null when nothing is to be called, or everything was tried
    callback_attempts integer not null default 0
);

create index judge0_submissions_tenant on judge0_submissions (tenant_id, token);
create index judge0_callbacks on judge0_submissions (callback_due) where callback_due is not null;
