-- Directives: an operator's orders. open_runs counts the runs that have not ended; sequence is the last change number given to a
-- run or a piece of output of this directive, in the order of commits, so that whoever watches can resume from a number.
CREATE TABLE directive (
  id           TEXT PRIMARY KEY,
  action       TEXT NOT NULL,
  parameters   TEXT NOT NULL,
  created      BIGINT NOT NULL,
  creator      TEXT NOT NULL,
  creator_name TEXT NOT NULL,
  expires      BIGINT NOT NULL,
  time_limit   BIGINT NOT NULL,
  output_limit BIGINT NOT NULL,
  open_runs    BIGINT NOT NULL,
  sequence     BIGINT NOT NULL
);

-- One directive on one machine; ended is set exactly when the state is final.
CREATE TABLE run (
  directive    TEXT NOT NULL REFERENCES directive (id),
  machine      TEXT NOT NULL,
  name         TEXT NOT NULL,
  state        TEXT NOT NULL,
  created      BIGINT NOT NULL,
  expires      BIGINT NOT NULL,
  started      BIGINT,
  ended        BIGINT,
  exit_code    BIGINT,
  reason       TEXT NOT NULL,
  output_bytes BIGINT NOT NULL,
  truncated    BIGINT NOT NULL,
  value        TEXT NOT NULL,
  sequence     BIGINT NOT NULL,
  PRIMARY KEY (directive, machine)
);
CREATE INDEX run_by_machine ON run (machine, directive);
CREATE INDEX run_open_by_machine ON run (machine, directive) WHERE ended IS NULL;
CREATE INDEX run_open_by_expiry ON run (expires) WHERE ended IS NULL;
CREATE INDEX run_by_change ON run (directive, sequence);

-- What the programs wrote: pieces of one log per run, both channels interleaved as they came; position counts bytes from 0.
CREATE TABLE run_output (
  directive TEXT NOT NULL,
  machine   TEXT NOT NULL,
  position  BIGINT NOT NULL,
  step      BIGINT NOT NULL,
  channel   BIGINT NOT NULL,
  bytes     BYTEA NOT NULL,
  sequence  BIGINT NOT NULL,
  PRIMARY KEY (directive, machine, position),
  FOREIGN KEY (directive, machine) REFERENCES run (directive, machine)
);
CREATE INDEX run_output_by_change ON run_output (directive, sequence);
