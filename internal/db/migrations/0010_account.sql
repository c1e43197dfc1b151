-- People, what they may do, and how they come in. Secrets are kept as SHA-256 only.
CREATE TABLE person (
  id    {{id}},
  name  TEXT NOT NULL UNIQUE,
  since {{int}} NOT NULL
) {{strict}};

-- A right comes only from a grant; a grant is ended by its last day, never deleted.
CREATE TABLE person_grant (
  person     {{int}} NOT NULL,
  role       TEXT NOT NULL,
  scope      TEXT NOT NULL,      -- * for the whole
  from_day   TEXT NOT NULL,
  until_day  TEXT NOT NULL,      -- last day; empty: open
  granted_by TEXT NOT NULL,
  reason     TEXT NOT NULL,
  PRIMARY KEY (person, role, scope, from_day)
) {{keyed}};

-- A link that signs one person in once.
CREATE TABLE sign_in (
  hash    TEXT NOT NULL PRIMARY KEY,
  person  {{int}} NOT NULL,
  made    {{int}} NOT NULL,
  expires {{int}} NOT NULL,
  used    {{int}} NOT NULL       -- 0: not yet
) {{strict}};

CREATE TABLE session (
  hash    TEXT NOT NULL PRIMARY KEY,
  person  {{int}} NOT NULL,
  made    {{int}} NOT NULL,
  seen    {{int}} NOT NULL,
  ended   {{int}} NOT NULL       -- 0: not yet
) {{strict}};
