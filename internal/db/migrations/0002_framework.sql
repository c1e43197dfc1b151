-- Imported frameworks; the built-in ones are embedded in the program. A row of concept_scheme
-- is an immutable version with all its concepts and mappings; current marks the one that
-- readers see, and before the one it took the place of, so that an import can be undone.
-- Owner and state of a version hold for its concepts and mappings too. Titles are JSON objects
-- from language to text.
CREATE TABLE concept_scheme (
  version    {{id}},
  key        TEXT NOT NULL,
  import     {{int}} NOT NULL,
  owner      TEXT NOT NULL,
  state      TEXT NOT NULL,
  current    {{int}} NOT NULL,
  before     {{int}} NOT NULL,   -- version it took the place of; 0: none
  seq        {{int}} NOT NULL,   -- change that published it
  hash       TEXT NOT NULL,      -- of the whole content, hexadecimal
  title      TEXT NOT NULL,
  edition    TEXT NOT NULL,      -- version as the file names it
  source     TEXT NOT NULL,
  addresses  TEXT NOT NULL,      -- vocabulary addresses, joined with |
  cycle      TEXT NOT NULL,
  note       TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to   TEXT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX concept_scheme_current ON concept_scheme (key) WHERE current = 1;

CREATE TABLE concept (
  version    {{int}} NOT NULL,
  n          {{int}} NOT NULL,   -- place in the scheme, from 1
  code       TEXT NOT NULL,
  parent     TEXT NOT NULL,
  parent_scheme TEXT NOT NULL,
  title      TEXT NOT NULL,
  short      TEXT NOT NULL,
  level      TEXT NOT NULL,
  region     TEXT NOT NULL,
  confidence TEXT NOT NULL,
  source     TEXT NOT NULL,
  note       TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to   TEXT NOT NULL,
  attributes TEXT NOT NULL,      -- JSON object from name to text
  PRIMARY KEY (version, n)
) {{keyed}};

-- A mapping stands in the version of the scheme that brought it; at least one end is its own.
CREATE TABLE mapping (
  version     {{int}} NOT NULL,
  n           {{int}} NOT NULL,
  from_scheme TEXT NOT NULL,
  from_code   TEXT NOT NULL,
  to_scheme   TEXT NOT NULL,
  to_code     TEXT NOT NULL,
  kind        TEXT NOT NULL,
  rationale   TEXT NOT NULL,
  source      TEXT NOT NULL,
  confidence  TEXT NOT NULL,
  valid_from  TEXT NOT NULL,
  valid_to    TEXT NOT NULL,
  PRIMARY KEY (version, n)
) {{keyed}};
