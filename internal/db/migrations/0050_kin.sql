-- Whom a version names as its parent or child, found by the one that is named: an import of a part of a
-- source looks up by it which of those beside it are above or below what it brings. Narrow, and only of
-- versions that name any; it is no projection that figures read.
CREATE TABLE kin (
  named    {{blob}} NOT NULL,    -- hash of the reporting organisation and the identifier that is named
  version  {{int}} NOT NULL,     -- that names it
  relation {{int}} NOT NULL,     -- 1: as its parent, 2: as its child
  PRIMARY KEY (named, version, relation)
) {{keyed}};

-- Versions stored before, whose document is still to be read for them.
CREATE TABLE unrelated (
  version {{int}} NOT NULL PRIMARY KEY
) {{strict}};
INSERT INTO unrelated (version) SELECT version FROM doc WHERE form = 'iati';
