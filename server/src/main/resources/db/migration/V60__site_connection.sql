-- How the agents of a site keep in touch, where it is otherwise than usual.
CREATE TABLE site_connection (
  site     TEXT NOT NULL PRIMARY KEY REFERENCES site (id),
  settings TEXT NOT NULL                         -- JSON: check-in, retries, order of transports, further addresses
);
