-- References between the provisions of one revision ("resolves 5 above"), by the numbers of the
-- provisions, so that they follow the threads through renumbering.
CREATE TABLE self_citation (
  revision  {{int}} NOT NULL,
  n         {{int}} NOT NULL,
  provision {{int}} NOT NULL,    -- that refers
  part      TEXT NOT NULL,       -- as printed: resolves_5, instructs-sg_5, 12
  target    {{int}} NOT NULL,    -- provision that is meant; 0: none, or more than one
  PRIMARY KEY (revision, n)
) {{keyed}};
