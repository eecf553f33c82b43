-- Accounts, their API tokens, and the mark that the first owner has been made.

CREATE TABLE account (
  id            TEXT   NOT NULL PRIMARY KEY,
  name          TEXT   NOT NULL UNIQUE,          -- lower case, as it logs in
  role          TEXT   NOT NULL,
  password_hash TEXT   NOT NULL,                 -- Argon2id, PHC string
  enabled       BIGINT NOT NULL,                 -- 0 or 1
  created       BIGINT NOT NULL                  -- epoch milliseconds, as all times here
);

CREATE TABLE api_token (
  id            TEXT   NOT NULL PRIMARY KEY,
  account       TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  secret_hash   BYTEA  NOT NULL UNIQUE,          -- SHA-256 of a 256-bit random secret
  label         TEXT   NOT NULL,
  role          TEXT   NOT NULL,                 -- the most it may; the account's own role bounds it as well
  created       BIGINT NOT NULL,
  expires       BIGINT NOT NULL
);

CREATE INDEX api_token_by_account ON api_token (account);

-- One row at most, for ever: once it stands, setup does not exist any more.
CREATE TABLE first_owner (
  only_row      BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
  account       TEXT   NOT NULL,
  made          BIGINT NOT NULL
);
