-- One row a document; `entry` and `publication` are MessagePack, packed with zlib. Format 1.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- grows for ever, so that the sorted postings know what came after them
    source TEXT NOT NULL,            -- issued or law
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    title TEXT,
    issued TEXT,                     -- ISO dates
    expired INTEGER,                 -- 1 where the source itself says that it no longer binds, 0 where it says that it does
    entry BLOB NOT NULL,
    prints BLOB NOT NULL,            -- ascending distinct fingerprints, 8 bytes each, little-endian
    publication BLOB,
    UNIQUE (source, path)
);
-- Keys of titles and numbers under which a document is named.
CREATE TABLE IF NOT EXISTS names (key TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (key, document)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS names_of ON names (document);
-- Keys of what a document repeals.
CREATE TABLE IF NOT EXISTS repeals (key TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (key, document)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS repeals_of ON repeals (document);
-- Files that were looked at and gave no document, so that nothing is passed over in silence.
CREATE TABLE IF NOT EXISTS failures (path TEXT PRIMARY KEY, reason TEXT NOT NULL, message TEXT NOT NULL) WITHOUT ROWID;
