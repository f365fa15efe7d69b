package dev.quorate.cli.log;

/** What one look at a log found. The names are stable. */
enum Finding {
    /** The head is the log's, and extends the one that was known. */
    CONSISTENT,
    /** The log signed two heads that cannot be of one history. */
    FORK,
    /** The log serves a head that is older than the known one. */
    ROLLBACK,
    /** What is served as checkpoint is not the log's, or not witnessed as it must be. */
    CHECKPOINT_INVALID,
    /** The tiles or entries are not those that the log's head was signed over. */
    TILES_WRONG
}
