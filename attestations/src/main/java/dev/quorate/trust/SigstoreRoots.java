package dev.quorate.trust;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The list of Sigstore roots in a trust root's file, and the identities under them. */
final class SigstoreRoots {
    private static final String NAME = "sigstoreRoots";
    private static final int MOST = 16;

    private SigstoreRoots() {}

    static List<SigstoreRoot> read(Fields fields) throws MalformedException {
        return fields.has(NAME) ? fields.objects(NAME, MOST, SigstoreRoot::read) : List.of();
    }

    /** An old trust root has none, and its signatures must go on to hold. */
    static void write(List<SigstoreRoot> roots, Json.Builder json) {
        if (!roots.isEmpty()) {
            json.put(NAME, Json.arr(roots.stream().map(SigstoreRoot::json).toList()));
        }
    }

    /** A name is one document's, and an identity one maintainer's. */
    static void refuseUnfit(TrustRoot trust, Fields fields) throws MalformedException {
        Set<String> names = new HashSet<>();
        for (SigstoreRoot root : trust.sigstoreRoots()) {
            if (!names.add(root.name())) {
                throw fields.wrong(NAME, "names " + root.name() + " twice; remove one");
            }
        }
        List<Identity> seen = new ArrayList<>();
        for (Principal maintainer : trust.maintainers()) {
            for (Identity identity : maintainer.identities()) {
                if (!names.contains(identity.root())) {
                    throw fields.wrong(
                            "maintainers",
                            "gives " + maintainer.id() + " an identity under " + identity.root()
                                    + ", which is none of sigstoreRoots");
                }
                if (seen.stream().anyMatch(identity::isSameAs)) {
                    throw fields.wrong(
                            "maintainers",
                            "names the identity " + identity.subject() + " twice; give each maintainer its own");
                }
                seen.add(identity);
            }
        }
    }
}
