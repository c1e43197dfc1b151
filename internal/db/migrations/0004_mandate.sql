-- Texts of resolutions. A row of revision is an immutable version of one text; the newest of an
-- instrument and label that is approved is the one that readers see.
CREATE TABLE revision (
  id         {{id}},
  instrument TEXT NOT NULL,      -- itu:wtdc/res/30
  label      TEXT NOT NULL,      -- as printed behind the number: "Rev. Dubai, 2018"
  title      TEXT NOT NULL,
  owner      TEXT NOT NULL,
  state      TEXT NOT NULL,
  import     {{int}} NOT NULL,
  sha256     TEXT NOT NULL,
  body       TEXT NOT NULL       -- the text as received
) {{strict}};

-- The provisions of a revision in the order of the text. thread is their lasting identity.
CREATE TABLE provision (
  revision {{int}} NOT NULL,
  n        {{int}} NOT NULL,
  thread   TEXT NOT NULL,        -- instrument, "#" and path
  parent   TEXT NOT NULL,        -- thread of the item it is part of; empty at the top
  heading  TEXT NOT NULL,
  operative {{int}} NOT NULL,
  mark     TEXT NOT NULL,
  line     {{int}} NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (revision, n)
) {{keyed}};
