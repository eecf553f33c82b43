-- What an action decided by and no agent remembers, so that it decides the same when it is run again; deleted with the run's end.
CREATE TABLE run_note (
  directive TEXT   NOT NULL,
  machine   TEXT   NOT NULL,
  step      BIGINT NOT NULL,
  answer    TEXT   NOT NULL,                     -- JSON
  PRIMARY KEY (directive, machine, step)
);

-- Secret parameters of directives that have not ended, sealed under the vault's key, which is not in the database.
CREATE TABLE directive_secret (
  directive TEXT  NOT NULL,
  name      TEXT  NOT NULL,                      -- of the parameter
  sealed    BYTEA NOT NULL,
  PRIMARY KEY (directive, name)
);
