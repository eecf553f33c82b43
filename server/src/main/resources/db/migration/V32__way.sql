-- How a machine found its way to its last link: JSON of what it tried, empty if it never told. A stranger's words, cleaned and cut.
ALTER TABLE machine ADD COLUMN way TEXT NOT NULL DEFAULT '';
