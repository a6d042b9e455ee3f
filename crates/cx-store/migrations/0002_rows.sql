-- What was ingested. Rows are never changed in place: a later update ends the
-- earlier row at the version from which it holds, so that a version can be
-- read while newer data arrive.

ALTER TABLE workspaces ADD COLUMN oldest_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE workspaces ADD COLUMN last_batch BIGINT NOT NULL DEFAULT 0;

CREATE TABLE batches (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    batch BIGINT NOT NULL,
    table_name TEXT NOT NULL,
    -- Keyed hashes: neither the key nor the body can be read from them.
    key_hash TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    data_version BIGINT NOT NULL,
    added BIGINT NOT NULL,
    replaced BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    outdated BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    PRIMARY KEY (workspace, batch)
);
-- A key is used once in a workspace: by the database's word and not only by ours.
CREATE UNIQUE INDEX batches_by_key ON batches (workspace, key_hash);

CREATE TABLE data_rows (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    table_name TEXT NOT NULL,
    -- The version from which the row holds, and its place within it.
    since_version BIGINT NOT NULL,
    place BIGINT NOT NULL,
    -- The version from which it no longer holds.
    until_version BIGINT,
    source_id TEXT NOT NULL,
    customer_id TEXT,
    customer_hash TEXT,
    occurred_at BIGINT NOT NULL,
    updated_at BIGINT,
    received_at BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (workspace, table_name, since_version, place)
);
-- A source id holds once, whatever the program does.
CREATE UNIQUE INDEX data_rows_live ON data_rows (workspace, table_name, source_id)
    WHERE until_version IS NULL;
CREATE INDEX data_rows_by_customer ON data_rows (workspace, customer_hash)
    WHERE customer_hash IS NOT NULL;

CREATE TABLE quarantine (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    batch BIGINT NOT NULL,
    place BIGINT NOT NULL,
    table_name TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    -- The row's number in what was sent.
    position BIGINT NOT NULL,
    customer_hash TEXT,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL,
    PRIMARY KEY (workspace, batch, place)
);
CREATE INDEX quarantine_by_customer ON quarantine (workspace, customer_hash)
    WHERE customer_hash IS NOT NULL;

-- Who was erased, as keyed hashes, so that a restored backup can be cleared again.
CREATE TABLE erasures (
    workspace TEXT NOT NULL,
    customer_hash TEXT NOT NULL,
    erased_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, customer_hash, erased_at)
);

CREATE TABLE retention (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    table_name TEXT NOT NULL,
    days BIGINT NOT NULL,
    PRIMARY KEY (workspace, table_name)
);
