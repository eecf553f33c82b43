-- Who opens TLS between a machine and this server, as its last link saw it; empty if nobody does. A stranger's words, cleaned and cut.
ALTER TABLE machine ADD COLUMN inspected_by TEXT NOT NULL DEFAULT '';
