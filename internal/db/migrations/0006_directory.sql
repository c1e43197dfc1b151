-- Organisations. key is "ref:" and the reference in upper case, else "name:" and the folded
-- name; nothing is matched by name alone across references without a person.
CREATE TABLE organisation (
  id    {{id}},
  key   TEXT NOT NULL UNIQUE,
  ref   TEXT NOT NULL,
  name  TEXT NOT NULL,   -- as first reported
  type  TEXT NOT NULL,   -- IATI OrganisationType, empty when unknown
  owner TEXT NOT NULL,
  state TEXT NOT NULL,
  import {{int}} NOT NULL  -- the import that first named it
) {{strict}};
