-- One-time links with which somebody chooses the password of an account: to begin with, or because it was forgotten.
CREATE TABLE invitation (
  account     TEXT   NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  secret_hash BYTEA  NOT NULL UNIQUE,            -- SHA-256 of a 256-bit random secret
  expires     BIGINT NOT NULL,
  by_name     TEXT   NOT NULL                    -- who made it
);
