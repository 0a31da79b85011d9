-- How far the events of a run can be found by their words; complete when no more will come.
CREATE TABLE nightjar_indexed (
  run INTEGER PRIMARY KEY,
  number INTEGER NOT NULL,
  complete INTEGER NOT NULL
);
INSERT INTO nightjar_indexed (run, number, complete) SELECT key, 0, 0 FROM nightjar_runs;
CREATE INDEX nightjar_indexed_open ON nightjar_indexed (run) WHERE complete = 0;

-- The words alone, cut and in small letters as the engine does it: the texts are in the events.
CREATE VIRTUAL TABLE nightjar_words USING fts5(
  words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
