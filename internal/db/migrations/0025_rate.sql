-- Exchange rates. A row belongs to its import, whose owner and state are its own: it is seen while
-- that import is done, and of several for one base, currency and day the latest import's is.
CREATE TABLE rate (
  import     {{int}} NOT NULL,
  n          {{int}} NOT NULL,   -- place in the file, from 1
  base       TEXT NOT NULL,      -- ISO 4217
  currency   TEXT NOT NULL,      -- ISO 4217
  day        TEXT NOT NULL,
  rate       TEXT NOT NULL,      -- decimal: how many units of the currency one unit of the base buys
  valid_days {{int}} NOT NULL,   -- how many days after its own the rate may still be used
  source     TEXT NOT NULL,
  PRIMARY KEY (import, n)
) {{keyed}};
