-- Orders that are given again and again. next_time is the time that comes next; next_due is that time put off by the jitter. Both are NULL
-- while nothing comes: disabled, suspended, or over.
CREATE TABLE schedule (
  id           TEXT   NOT NULL PRIMARY KEY,
  name_key     TEXT   NOT NULL UNIQUE,           -- the name in lower case
  terms        TEXT   NOT NULL,                  -- JSON: name, cron, time zone, jitter, missed-run rule, order
  created      BIGINT NOT NULL,
  account      TEXT   NOT NULL,                  -- runs as
  account_name TEXT   NOT NULL,
  role         TEXT   NOT NULL,                  -- the most it may
  suspended    TEXT   NOT NULL,                  -- why, or ''
  next_time    BIGINT,
  next_due     BIGINT
);
CREATE INDEX schedule_by_due ON schedule (next_due) WHERE next_due IS NOT NULL;

-- What came of it, newest kept.
CREATE TABLE schedule_firing (
  schedule  TEXT   NOT NULL REFERENCES schedule (id),
  number    BIGINT NOT NULL,
  time      BIGINT NOT NULL,                     -- for which it was
  at        BIGINT NOT NULL,
  directive TEXT   NOT NULL,                     -- '' if it gave none
  note      TEXT   NOT NULL,
  PRIMARY KEY (schedule, number)
);
