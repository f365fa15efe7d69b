package dev.quorate.cli.audit;

import dev.quorate.dsse.P256Key;
import java.util.List;

/**
 * One use of a key.
 *
 * @param index in the log
 * @param builder whose host it says something about, whoever says it; empty if it is not about a host
 * @param about the host that it says something about, empty where none is named
 * @param machine where the key was used, or, where that is not known, what it is about
 * @param vouched who vouches for a builder's key
 * @param countedBy indices of certificates that counted on it
 */
record Use(
        long index,
        P256Key key,
        Party who,
        String builder,
        String about,
        Machine machine,
        Vouched vouched,
        Said said,
        List<Long> countedBy) {
    Use {
        countedBy = List.copyOf(countedBy);
    }

    /** The same, of a key that is vouched for so. */
    Use with(Vouched other) {
        return new Use(index, key, who, builder, about, machine, other, said, countedBy);
    }
}
