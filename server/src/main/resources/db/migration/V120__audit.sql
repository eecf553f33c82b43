-- An index over the audit log, which lies in files beside the database. It holds nothing that is not in the log and is built anew from it.
CREATE TABLE audit_entry (
  n       BIGINT NOT NULL PRIMARY KEY,           -- the entry's number in the log
  at      BIGINT NOT NULL,                       -- milliseconds since 1970
  type    TEXT   NOT NULL,
  person  TEXT   NOT NULL,                       -- the account's name; '' for none
  site    TEXT   NOT NULL,
  object  TEXT   NOT NULL,
  result  TEXT   NOT NULL
);
CREATE INDEX audit_entry_by_type ON audit_entry (type, n);
CREATE INDEX audit_entry_by_person ON audit_entry (person, n);
CREATE INDEX audit_entry_by_object ON audit_entry (object, n);
CREATE INDEX audit_entry_by_time ON audit_entry (at, n);

-- The machines that an entry is about, of which it may name several.
CREATE TABLE audit_machine (
  machine TEXT   NOT NULL,
  n       BIGINT NOT NULL,
  PRIMARY KEY (machine, n)
);

-- What happened to runs, stored with it in one transaction, on its way into the log.
CREATE TABLE audit_outbox (
  id        BIGINT NOT NULL PRIMARY KEY,
  directive TEXT   NOT NULL,
  machine   TEXT   NOT NULL,
  type      TEXT   NOT NULL,
  result    TEXT   NOT NULL,
  exit_code TEXT   NOT NULL                      -- of the last program; '' if none ran
);
