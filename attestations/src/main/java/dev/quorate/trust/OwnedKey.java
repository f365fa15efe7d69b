package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A key of a trust root, and whose it is. It stays its owner's in all later versions: what the owner signed with it would
 * pass for somebody else's word, and every kit that holds it would be refused.
 */
record OwnedKey(P256Key key, Role role, String name) {
    /** What somebody signs as. */
    enum Role {
        ROOT("root key holder"),
        BUILDER("builder"),
        CERTIFIER("certifier"),
        MAINTAINER("maintainer");

        private final String word;

        Role(String word) {
            this.word = word;
        }
    }

    /** Why a later version may not take the place of an earlier one, if it gives a key of that one's to somebody else. */
    static Optional<String> givenAway(TrustRoot earlier, TrustRoot later) {
        Map<P256Key, OwnedKey> before = new HashMap<>();
        earlier.ownedKeys().forEach(owned -> before.put(owned.key(), owned));
        return later.ownedKeys().stream()
                .filter(owned -> before.containsKey(owned.key()) && !owned.isStillOf(before.get(owned.key())))
                .findFirst()
                .map(owned -> {
                    String owner = before.get(owned.key()).owner();
                    return "version " + later.version() + " gives " + owned.owner() + " the key "
                            + owned.key().id().hex() + ", which was " + owner + "'s in version " + earlier.version()
                            + ": what " + owner + " signed would pass for another's, and kits that hold it would be"
                            + " refused; give " + owned.owner() + " a key of its own";
                });
    }

    /** No statement in a kit names a root key holder or a maintainer, so they may be called otherwise. */
    private boolean isStillOf(OwnedKey before) {
        boolean named = role == Role.BUILDER || role == Role.CERTIFIER;
        return role == before.role && (!named || name.equals(before.name));
    }

    /** The owner, as sentences call it. */
    String owner() {
        return role.word + " " + name;
    }

    static List<OwnedKey> of(Role role, String name, List<TimedKey> keys) {
        return keys.stream().map(timed -> new OwnedKey(timed.key(), role, name)).toList();
    }
}
