-- Files on the server; their contents lie in the data directory, named by their SHA-256, several of one content once.
CREATE TABLE stored_file (
  id         TEXT   NOT NULL PRIMARY KEY,        -- UUID
  name       TEXT   NOT NULL,
  sha256     TEXT   NOT NULL,                    -- hexadecimal
  bytes      BIGINT NOT NULL,
  created    BIGINT NOT NULL,
  created_by TEXT   NOT NULL,
  mark       TEXT   NOT NULL UNIQUE,             -- the step that fetched it from a machine, or its id
  machine    TEXT   NOT NULL,                    -- where it was fetched; '' if it was sent here
  path       TEXT   NOT NULL,
  expires    BIGINT NOT NULL
);
CREATE INDEX stored_file_by_name ON stored_file (name, created);
CREATE INDEX stored_file_by_content ON stored_file (sha256);
CREATE INDEX stored_file_by_age ON stored_file (created);
CREATE INDEX stored_file_by_expiry ON stored_file (expires);
