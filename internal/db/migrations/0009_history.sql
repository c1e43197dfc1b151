-- Where each pointer stood after each change that moved it, so that a past data version can be
-- shown again. The newest row of a key is what current and activity.lowest say.
CREATE TABLE moved (
  key     TEXT NOT NULL,
  seq     {{int}} NOT NULL,      -- change that moved it
  version {{int}} NOT NULL,      -- 0: taken away by an undo
  counts  {{int}} NOT NULL,
  absent  {{int}} NOT NULL,
  lowest  {{int}} NOT NULL,
  PRIMARY KEY (key, seq)
) {{keyed}};

-- The row without a key says since which change the rest is whole.
INSERT INTO moved (key, seq, version, counts, absent, lowest)
SELECT '', COALESCE(MAX(seq), 0), 0, 0, 0, 0 FROM change;

INSERT INTO moved (key, seq, version, counts, absent, lowest)
SELECT c.key, c.seq, c.version, c.counts, c.absent, a.lowest FROM current c JOIN activity a ON a.version = c.version;
