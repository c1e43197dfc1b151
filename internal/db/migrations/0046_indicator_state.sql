-- What is held of each indicator, as readers see it from a change of statistics on: the sums of its
-- series, which whoever lists indicators would else have to walk through. The newest row up to the
-- change that a reader looks at counts; one without series says that nothing is held any more.
CREATE TABLE indicator_state (
  dataflow     TEXT NOT NULL,
  indicator    TEXT NOT NULL,
  seq          {{int}} NOT NULL,   -- of the change
  areas        {{int}} NOT NULL,
  series       {{int}} NOT NULL,
  observations {{int}} NOT NULL,
  latest       TEXT NOT NULL,      -- newest period with a value; empty: none
  PRIMARY KEY (dataflow, indicator, seq)
) {{keyed}};

-- What is held when this step runs is known from the newest change of statistics on.
INSERT INTO indicator_state (dataflow, indicator, seq, areas, series, observations, latest)
SELECT s.dataflow, s.indicator,
  (SELECT MAX(CASE WHEN undo_seq > seq THEN undo_seq ELSE seq END) FROM import WHERE kind = 'stats' AND state IN ('done', 'undone')),
  COUNT(DISTINCT s.area), COUNT(*), CAST(SUM(v.n) AS BIGINT), MAX(v.latest)
FROM series s JOIN series_version v ON v.series = s.id JOIN import i ON i.id = v.import
WHERE v.n > 0 AND i.seq > 0 AND i.state = 'done' AND NOT EXISTS (SELECT 1 FROM series_version later JOIN import j ON j.id = later.import
  WHERE later.series = s.id AND j.seq > i.seq AND j.state = 'done')
GROUP BY s.dataflow, s.indicator;
