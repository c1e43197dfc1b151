-- What an import says of indicators, beside the built-in catalogue. A row belongs to its import: it is
-- seen while that import is, and of several for one indicator that of the newest import counts.
CREATE TABLE indicator_definition (
  import {{int}} NOT NULL,
  n      {{int}} NOT NULL,   -- place in the file, from 1
  code   TEXT NOT NULL,
  cells  TEXT NOT NULL,      -- the cells of the row by their columns, as JSON
  PRIMARY KEY (import, n)
) {{keyed}};
