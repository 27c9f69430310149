-- What a client's idempotency key stands for, so that a repeated request finds what the first one made.
create table idempotency_keys (
    tenant_id    integer not null,
    user_id      uuid not null,
    key          text not null,
    request_hash bytea not null,
    result_id    uuid,               -- null while the first request is under way
    created_at   timestamptz not null,
    primary key (tenant_id, user_id, key)
);

create index idempotency_keys_age on idempotency_keys (created_at);
