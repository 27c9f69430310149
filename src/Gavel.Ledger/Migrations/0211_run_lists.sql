-- Lists of a caller's own runs.
create index runs_author on runs (tenant_id, author_id, id desc);
