package dev.quorate.verify;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.TrustRoot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keys that the trust root does not name and that speak for builders because the kit holds evidence by them. Whether the
 * evidence is good is not looked at here; the tally does.
 */
record Introductions(Map<Sha256, P256Key> keys, Map<P256Key, Set<BuilderId>> builders) {
    /**
     * Looks at every line whose hint is not known.
     *
     * @param known keys of the trust root that sign lines
     */
    static Introductions of(Kit kit, TrustRoot trust, Map<Sha256, P256Key> known) {
        var introductions = new Introductions(new HashMap<>(), new HashMap<>());
        for (Bundle bundle : kit.bundles()) {
            if (!known.containsKey(bundle.hint())) {
                Introduction.of(bundle, trust).ifPresent(shown -> introductions.add(bundle.hint(), shown));
            }
        }
        return introductions;
    }

    /** Whether that key may sign lines in the name of that builder. */
    boolean allow(P256Key key, BuilderId builder) {
        return builders.getOrDefault(key, Set.of()).contains(builder);
    }

    private void add(Sha256 hint, Introduction shown) {
        keys.put(hint, shown.key());
        builders.computeIfAbsent(shown.key(), key -> new HashSet<>())
                .add(shown.evidence().builder());
    }
}
