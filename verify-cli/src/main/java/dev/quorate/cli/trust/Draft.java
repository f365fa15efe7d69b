package dev.quorate.cli.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.log.NoteKey;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.KeySeal;
import dev.quorate.trust.Principal;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SigstoreRoot;
import dev.quorate.trust.TimeAuthority;
import dev.quorate.trust.TrustEdit;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A trust root with one part exchanged. */
record Draft(TrustRoot from, int version) {
    static Draft of(TrustFile file) {
        return new Draft(file.trust(), file.draftVersion());
    }

    TrustRoot root(RootKeys root, Instant expires) {
        return edit().root(root).expires(expires).done();
    }

    TrustRoot builders(List<TrustedBuilder> builders) {
        return edit().builders(builders).done();
    }

    TrustRoot certifiers(List<Principal> certifiers) {
        return edit().certifiers(certifiers).done();
    }

    TrustRoot maintainers(List<Principal> maintainers) {
        return edit().maintainers(maintainers).done();
    }

    TrustRoot sigstoreRoots(List<SigstoreRoot> roots) {
        return edit().sigstoreRoots(roots).done();
    }

    TrustRoot log(NoteKey key) {
        return edit().logs(plus(from.logs(), key)).done();
    }

    TrustRoot witness(NoteKey key) {
        return edit().witnesses(plus(from.witnesses(), key)).done();
    }

    TrustRoot revocation(Revocation revocation) {
        return edit().revocations(plus(from.revocations(), revocation)).done();
    }

    TrustRoot timeAuthorities(List<TimeAuthority> authorities) {
        return edit().timeAuthorities(authorities).done();
    }

    TrustRoot hostTrust(HostTrust hostTrust) {
        return edit().hostTrust(hostTrust).done();
    }

    /** With a seal beside a key of a certifier or root key holder; empty if neither has it. */
    Optional<TrustRoot> seal(P256Key key, KeySeal seal) {
        if (from.certifierWith(key).isPresent()) {
            return Optional.of(certifiers(from.certifiers().stream()
                    .map(certifier -> new Principal(
                            certifier.id(),
                            certifier.keys().stream()
                                    .map(timed -> timed.key().equals(key) ? timed.with(seal) : timed)
                                    .toList()))
                    .toList()));
        }
        boolean isRoot = from.root().keys().stream().anyMatch(root -> root.key().equals(key));
        List<RootKey> roots = from.root().keys().stream()
                .map(root -> root.key().equals(key) ? root.with(seal) : root)
                .toList();
        return isRoot
                ? Optional.of(root(new RootKeys(from.root().threshold(), roots), from.expires()))
                : Optional.empty();
    }

    private TrustEdit edit() {
        return from.edit().version(version);
    }

    private static <T> List<T> plus(List<T> list, T item) {
        List<T> more = new ArrayList<>(list);
        more.add(item);
        return more;
    }
}
