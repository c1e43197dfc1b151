-- Where an import will have moved the pointers when it is published, and which of several activities of
-- one identifier will then count; of its undoing likewise, under its number below zero. It is found
-- before, so that the transaction that others wait for only copies it, and goes to moved afterwards.
CREATE TABLE pointer_ahead (
  import  {{int}} NOT NULL,
  key     TEXT NOT NULL,
  version {{int}} NOT NULL,      -- 0: taken away by an undo
  counts  {{int}} NOT NULL,
  absent  {{int}} NOT NULL,
  lowest  {{int}} NOT NULL,
  PRIMARY KEY (import, key)
) {{keyed}};

-- All that moved, wherever it lies.
CREATE VIEW history AS
SELECT key, seq, version, counts, absent, lowest FROM moved
UNION ALL SELECT p.key, i.seq, p.version, p.counts, p.absent, p.lowest FROM pointer_ahead p JOIN import i ON i.id = p.import WHERE i.seq > 0
UNION ALL SELECT p.key, i.undo_seq, p.version, p.counts, p.absent, p.lowest FROM pointer_ahead p JOIN import i ON i.id = -p.import WHERE i.undo_seq > 0;
