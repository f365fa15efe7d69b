package dev.quorate.cli.audit;

import dev.quorate.dsse.P256Key;
import java.util.List;

/**
 * One use of a key.
 *
 * @param index in the log
 * @param countedBy indices of certificates that counted on it
 */
record Use(long index, P256Key key, Party who, Machine machine, Said said, List<Long> countedBy) {
    Use {
        countedBy = List.copyOf(countedBy);
    }
}
