create table users (
    id              uuid primary key,
    tenant_id       integer not null references tenants,
    name            text not null,
    name_key        text not null unique,   -- lower case: names differ by more than case
    password_hash   text,                   -- null for users who log in elsewhere
    must_change     boolean not null default false,
    external_id     text unique,            -- provider:subject
    roles           text[] not null,
    disabled        boolean not null default false,
    failed_logins   integer not null default 0,
    locked_until    timestamptz,
    security_stamp  uuid not null,          -- a session with another one has ended
    created_at      timestamptz not null
);

-- The key itself is never stored, only its SHA-256.
create table api_keys (
    id           uuid primary key,
    tenant_id    integer not null references tenants,
    user_id      uuid not null,
    name         text not null,
    prefix       text not null,
    hash         bytea not null unique,
    roles        text[] not null,
    scopes       text[],                    -- null: everything the roles allow
    created_at   timestamptz not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz
);

create index api_keys_user on api_keys (user_id, id);

create table audit_log (
    id        uuid primary key,
    tenant_id integer not null,
    actor_id  uuid not null,
    actor     text not null,
    action    text not null,
    target    text not null,
    address   text,
    at        timestamptz not null
);

create index audit_log_tenant on audit_log (tenant_id, id);

-- Keys that protect cookies, shared by all servers of an installation.
create table protection_keys (
    name text primary key,
    xml  text not null
);
