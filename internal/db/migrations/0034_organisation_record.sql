-- What organisations state of themselves in files of organisations. A row of organisation_record is
-- an immutable version: the received bytes of one iati-organisation, and what they are looked up by.
CREATE TABLE organisation_record (
  version    {{id}},
  key        TEXT NOT NULL,      -- reporter, identifier, source and occurrence, hashed
  import     {{int}} NOT NULL,
  owner      TEXT NOT NULL,
  state      TEXT NOT NULL,
  reporter   TEXT NOT NULL,      -- reference of the reporting organisation, else its folded name
  reporter_name TEXT NOT NULL,
  party      TEXT NOT NULL,      -- key of the organisation in the directory
  identifier TEXT NOT NULL,
  name       TEXT NOT NULL,
  source     TEXT NOT NULL,
  occurrence {{int}} NOT NULL,
  line       {{int}} NOT NULL,
  updated    TEXT NOT NULL,      -- last-updated-datetime in UTC; empty: not known
  hash       {{blob}} NOT NULL,  -- of the canonical tokens
  bytes      {{blob}} NOT NULL   -- zstd
) {{strict}};
CREATE INDEX organisation_record_by_party ON organisation_record (party, version);

-- What each import did. Of the imports that are not undone the newest entry of a key says what
-- readers see, now and at any change before; so there is no pointer that could differ.
CREATE TABLE organisation_entry (
  import  {{int}} NOT NULL,
  key     TEXT NOT NULL,
  deed    TEXT NOT NULL,         -- new, changed, absent, present
  version {{int}} NOT NULL,
  PRIMARY KEY (import, key)
) {{keyed}};
CREATE INDEX organisation_entry_by_key ON organisation_entry (key, import);
