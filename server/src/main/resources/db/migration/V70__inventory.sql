-- What the last audits found. A section's digest always is that of the rows below it, also while changes are being taken in.
CREATE TABLE inventory_section (
  machine     TEXT   NOT NULL REFERENCES machine (id),
  section     TEXT   NOT NULL,
  scope       TEXT   NOT NULL,                   -- the patterns of files as JSON, or ''
  digest      TEXT   NOT NULL,
  items       BIGINT NOT NULL,
  audited     BIGINT,                            -- when an audit was last taken in whole; NULL before the first
  cut         BIGINT NOT NULL,                   -- whether there would be more
  unsupported TEXT   NOT NULL,                   -- JSON: sources that the machine lacks
  PRIMARY KEY (machine, section)
);

-- Keys are UTF-8, so that they have the same order in every database.
CREATE TABLE inventory_item (
  machine  TEXT   NOT NULL REFERENCES machine (id),
  section  TEXT   NOT NULL,
  item_key BYTEA  NOT NULL,
  fields   TEXT   NOT NULL,                      -- JSON
  words    TEXT   NOT NULL,                      -- key and texts in lower case, to be searched
  name_key TEXT   NOT NULL,                      -- the field name in lower case, cut, or ''
  PRIMARY KEY (machine, section, item_key)
);
CREATE INDEX inventory_by_name ON inventory_item (section, name_key, machine);

-- What changed between two audits; bounded for each machine.
CREATE TABLE inventory_change (
  machine  TEXT   NOT NULL REFERENCES machine (id),
  number   BIGINT NOT NULL,
  at       BIGINT NOT NULL,
  section  TEXT   NOT NULL,
  item_key BYTEA  NOT NULL,
  was      TEXT,                                 -- the fields as JSON; NULL if it was not there
  became   TEXT,                                 -- likewise; NULL if it is gone
  PRIMARY KEY (machine, number)
);
