-- What a decision said is not one: the organisations that looked like one, or one organisation with the
-- names that looked like those of several and are its own.
CREATE TABLE organisation_dismissal (
  decision {{int}} NOT NULL,
  key      TEXT NOT NULL,      -- of an organisation
  name     TEXT NOT NULL,      -- its words; empty: organisations are told apart
  PRIMARY KEY (decision, key, name)
) {{keyed}};
