-- Which vault keys values in this database may be sealed under; by identifier, so that a lost key file is noticed at start.

CREATE TABLE vault_key (
  id            BIGINT NOT NULL PRIMARY KEY
);
