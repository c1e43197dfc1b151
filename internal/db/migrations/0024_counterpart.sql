-- The other activities that a transaction names: whose money it is, and where it goes. A
-- transaction that names none, or its own activity alone, has no row.
CREATE TABLE counterpart (
  version  {{int}} NOT NULL,
  n        {{int}} NOT NULL,     -- of the transaction
  provider TEXT NOT NULL,        -- provider-activity-id without outer blanks; empty: none
  receiver TEXT NOT NULL,        -- receiver-activity-id
  PRIMARY KEY (version, n)
) {{keyed}};
