-- Files that a person sent and has not yet taken in: looked at first, then taken or dropped.
CREATE TABLE upload (
  id     {{id}},
  kind   TEXT NOT NULL,       -- as of the import that it may become
  file   TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes  {{blob}} NOT NULL,
  owner  TEXT NOT NULL,       -- who sent it; shown to nobody else
  at     {{int}} NOT NULL
) {{strict}};
