-- Operators' scripts of actions. A version never changes and is kept when its procedure is deleted: directives name it.
CREATE TABLE procedure_version (
  name         TEXT   NOT NULL,
  version      BIGINT NOT NULL,                  -- from 1
  source       TEXT   NOT NULL,                  -- YAML
  created      BIGINT NOT NULL,
  account      TEXT   NOT NULL,                  -- who saved it
  account_name TEXT   NOT NULL,
  PRIMARY KEY (name, version)
);

CREATE TABLE procedure_head (
  name    TEXT   NOT NULL PRIMARY KEY,
  newest  BIGINT NOT NULL,
  deleted BIGINT NOT NULL                        -- 1 if it is found no more by its name
);
