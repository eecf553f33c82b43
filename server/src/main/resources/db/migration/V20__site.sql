-- Sites: machines with one owner and one policy.
CREATE TABLE site (
  id      TEXT PRIMARY KEY,
  name    TEXT NOT NULL,
  created BIGINT NOT NULL
);

-- What an enrolment bundle allows. The secret itself is in the bundle only; here is what is derived from it, sealed by the vault.
CREATE TABLE enrolment_token (
  id         TEXT PRIMARY KEY,
  site       TEXT NOT NULL REFERENCES site (id),
  secret     BYTEA NOT NULL,
  created    BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  expires    BIGINT NOT NULL,
  max_uses   BIGINT NOT NULL,
  used       BIGINT NOT NULL,
  approval   TEXT NOT NULL,
  networks   TEXT NOT NULL
);
