-- Managed machines. What the machine says of itself (name, os, kernel, …) is hostile text that was cleaned and cut on arrival.
CREATE TABLE machine (
  id            TEXT PRIMARY KEY,
  site          TEXT NOT NULL REFERENCES site (id),
  state         TEXT NOT NULL,
  name          TEXT NOT NULL,
  name_key      TEXT NOT NULL,
  static_key    BYTEA NOT NULL UNIQUE,
  signing_key   BYTEA NOT NULL,
  box_x25519    BYTEA NOT NULL,
  box_mlkem     BYTEA NOT NULL,
  fingerprint   TEXT NOT NULL,
  token         TEXT NOT NULL,
  enrolled      BIGINT NOT NULL,
  os            TEXT NOT NULL,
  kernel        TEXT NOT NULL,
  arch          TEXT NOT NULL,
  agent_version TEXT NOT NULL,
  boot_id       TEXT NOT NULL,
  address       TEXT NOT NULL,
  transport     TEXT NOT NULL,
  since         BIGINT,
  last_seen     BIGINT
);
CREATE INDEX machine_by_name ON machine (name_key, id);

-- The rolling secret: one narrow row that every reconnect writes, apart from the wide one above.
CREATE TABLE machine_secret (
  machine       TEXT PRIMARY KEY REFERENCES machine (id),
  attempt_floor BIGINT NOT NULL,
  epoch         BIGINT NOT NULL,
  secrets       BYTEA NOT NULL
);

-- Links that were refused, newest kept.
CREATE TABLE refused_link (
  id        BIGINT PRIMARY KEY,
  at        BIGINT NOT NULL,
  reason    TEXT NOT NULL,
  address   TEXT NOT NULL,
  transport TEXT NOT NULL,
  subject   TEXT NOT NULL,
  attempt   BIGINT NOT NULL,
  times     BIGINT NOT NULL
);

-- Something odd about a machine's rolling secret (restored from a backup, cloned), newest kept.
CREATE TABLE machine_alarm (
  id      BIGINT PRIMARY KEY,
  machine TEXT NOT NULL REFERENCES machine (id),
  at      BIGINT NOT NULL,
  kind    TEXT NOT NULL,
  detail  TEXT NOT NULL
);
CREATE INDEX machine_alarm_by_machine ON machine_alarm (machine, id);
