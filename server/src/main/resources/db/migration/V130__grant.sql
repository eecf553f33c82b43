-- Roles of an owner's own; the five that come with the server are not stored.
CREATE TABLE access_role (
  name    TEXT   NOT NULL PRIMARY KEY,
  classes TEXT   NOT NULL,                       -- words of action classes with blanks between them
  created BIGINT NOT NULL
);

-- What an account may besides its own role: a role for some machines at some times.
CREATE TABLE access_grant (
  id      TEXT   NOT NULL PRIMARY KEY,
  account TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  role    TEXT   NOT NULL,                       -- one of the five, or a name in access_role
  scope   TEXT   NOT NULL,                       -- all, site:ID, tag:NAME or machine:ID
  hours   TEXT   NOT NULL,                       -- JSON of a window, or '' for always
  created BIGINT NOT NULL,
  by_name TEXT   NOT NULL                        -- who granted it
);
CREATE INDEX access_grant_by_account ON access_grant (account);

-- What operators call machines, so that rights can be granted for several at once.
CREATE TABLE machine_tag (
  machine TEXT   NOT NULL REFERENCES machine (id),
  tag     TEXT   NOT NULL,
  PRIMARY KEY (machine, tag)
);
