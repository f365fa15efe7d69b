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
    private static final String BUILDERS = "builders";
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

    /** A name is one document's, and an identity one maintainer's or one operator's. */
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
                requireRoot(names, identity, maintainer.id(), fields, "maintainers");
                if (seen.stream().anyMatch(identity::isSameAs)) {
                    throw fields.wrong(
                            "maintainers",
                            "names the identity " + identity.subject() + " twice; give each maintainer its own");
                }
                seen.add(identity);
            }
        }
        for (TrustedBuilder builder : trust.builders()) {
            for (Identity identity : builder.identities()) {
                requireRoot(names, identity, builder.id().text(), fields, BUILDERS);
                boolean shared = seen.stream().anyMatch(identity::isSameAs)
                        || trust.builders().stream()
                                .filter(other -> !other.operator().equals(builder.operator()))
                                .flatMap(other -> other.identities().stream())
                                .anyMatch(identity::isSameAs)
                        || builder.identities().stream()
                                        .filter(identity::isSameAs)
                                        .count()
                                > 1;
                if (shared) {
                    throw fields.wrong(
                            BUILDERS,
                            "names the identity " + identity.subject()
                                    + " twice; it is one operator's, and no maintainer's");
                }
            }
        }
    }

    private static void requireRoot(Set<String> roots, Identity identity, String whose, Fields fields, String list)
            throws MalformedException {
        if (!roots.contains(identity.root())) {
            throw fields.wrong(
                    list,
                    "gives " + whose + " an identity under " + identity.root() + ", which is none of sigstoreRoots");
        }
    }
}
