package dev.quorate.cli.audit;

import dev.quorate.dsse.P256Key;
import java.util.List;

/**
 * One use of a key.
 *
 * @param index in the log
 * @param builder whose host it says something about, whoever says it; empty if it is not about a host
 * @param countedBy indices of certificates that counted on it
 */
record Use(long index, P256Key key, Party who, String builder, Machine machine, Said said, List<Long> countedBy) {
    Use {
        countedBy = List.copyOf(countedBy);
    }
}
