-- The names that imports gave an organisation. organisation.name is the first of them.
CREATE TABLE organisation_name (
  organisation {{int}} NOT NULL,
  name         TEXT NOT NULL,
  lang         TEXT NOT NULL,      -- empty: not known
  import       {{int}} NOT NULL,   -- that gave it first
  PRIMARY KEY (organisation, name, lang)
) {{keyed}};

INSERT INTO organisation_name (organisation, name, lang, import)
SELECT o.id, o.name, '', o.import FROM organisation o WHERE o.name <> '' AND o.name <> o.ref;

INSERT INTO organisation_name (organisation, name, lang, import)
SELECT p.organisation, p.name, '', MIN(a.import) FROM participant p JOIN activity a ON a.version = p.version JOIN organisation o ON o.id = p.organisation
WHERE p.name <> '' AND p.name <> o.ref AND p.name <> o.name GROUP BY p.organisation, p.name;
