-- Libraries that agents can be sent; their jars lie in the data directory, named by their SHA-256.
CREATE TABLE library (
  jar       TEXT   NOT NULL PRIMARY KEY,         -- SHA-256, base64url
  id        TEXT   NOT NULL,
  version   TEXT   NOT NULL,
  envelope  TEXT   NOT NULL,                     -- the signed statement, base64url
  manifest  TEXT   NOT NULL,                     -- as in the jar
  bytes     BIGINT NOT NULL,
  added     BIGINT NOT NULL,
  added_by  TEXT   NOT NULL,
  withdrawn BIGINT NOT NULL,
  UNIQUE (id, version)
);

-- Keys that sign libraries, beside the server's own.
CREATE TABLE library_key (
  name     TEXT   NOT NULL PRIMARY KEY,
  key      TEXT   NOT NULL UNIQUE,               -- raw Ed25519, base64url
  added    BIGINT NOT NULL,
  added_by TEXT   NOT NULL
);

-- The oldest versions that agents may load; they only rise.
CREATE TABLE library_floor (
  id      TEXT NOT NULL PRIMARY KEY,
  version TEXT NOT NULL
);

-- What agents are told of all this, signed; one row.
CREATE TABLE library_trust (
  id       BIGINT NOT NULL PRIMARY KEY,          -- always 1
  serial   BIGINT NOT NULL,
  envelope TEXT   NOT NULL
);
