-- The append-only log of changes. seq follows the order of commits without gaps; body is the
-- canonical JSON of the change, free of personal text; hash is SHA-256 of 0x00 and body (a leaf
-- of RFC 6962); head is SHA-256 of the head before and hash.
CREATE TABLE change (
  seq    {{int}} NOT NULL PRIMARY KEY,
  at     {{int}} NOT NULL,
  actor  TEXT NOT NULL,
  verb   TEXT NOT NULL,
  object TEXT NOT NULL,
  body   TEXT NOT NULL,
  hash   TEXT NOT NULL,
  head   TEXT NOT NULL
) {{strict}};
