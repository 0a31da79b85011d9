-- How far the events of a run can be found by their words; complete when no more will come.
CREATE TABLE nightjar_indexed (
  run BIGINT PRIMARY KEY,
  number BIGINT NOT NULL,
  complete INTEGER NOT NULL
);
INSERT INTO nightjar_indexed (run, number, complete) SELECT key, 0, 0 FROM nightjar_runs;
CREATE INDEX nightjar_indexed_open ON nightjar_indexed (run) WHERE complete = 0;

-- The words alone, cut and in small letters as the engine does it: the texts are in the events.
CREATE TABLE nightjar_words (
  rowid BIGINT PRIMARY KEY,
  words TSVECTOR NOT NULL
);
CREATE INDEX nightjar_words_words ON nightjar_words USING GIN (words);
