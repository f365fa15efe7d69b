package dev.quorate.cli.audit;

import dev.quorate.log.HashedRekord;

/** An entry of the log, which is certain to be there. Its signature is not verified. */
record Leaf(long index, HashedRekord.Entry entry) {}
