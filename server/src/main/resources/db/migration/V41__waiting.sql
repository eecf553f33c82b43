-- Names that whoever gave an order chose for it, so that repeating the order gives the same directive; kept as long as the directive.
CREATE TABLE directive_key (
  giver       TEXT  NOT NULL,                    -- the account, or whatever else gives orders
  name        TEXT  NOT NULL,
  fingerprint BYTEA NOT NULL,                    -- SHA-256 of the order
  directive   TEXT  NOT NULL REFERENCES directive (id),
  PRIMARY KEY (giver, name)
);
CREATE INDEX directive_key_by_directive ON directive_key (directive);

-- What has not ended, oldest directive first, whatever its machine.
CREATE INDEX run_open ON run (directive, machine) WHERE ended IS NULL;
