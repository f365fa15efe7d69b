package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Attestation;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a later trust root says otherwise than an earlier one about those on whom counts rest. */
public record TrustChange(TrustRoot before, TrustRoot after) {
    /** What is revoked now and was not. */
    public List<Revocation> revoked() {
        Set<Revocation> known = new HashSet<>(before.revocations());
        return after.revocations().stream().filter(r -> !known.contains(r)).toList();
    }

    /**
     * Why a count is to be looked at again, as a sentence; empty if the change does not touch it.
     *
     * @param certifiers who signed the round's opening and its certificates
     */
    public String about(RoundState state, List<P256Key> certifiers) {
        Stream<String> certificate = state.certificate().stream().flatMap(filed -> about(filed.envelope()).stream());
        Stream<String> signers = certifiers.stream().flatMap(key -> about(key).stream());
        Stream<String> builders = state.terms().builders().stream().flatMap(builder -> about(builder).stream());
        Stream<String> voices = state.assignments().values().stream()
                .flatMap(part -> part.attestations().stream().flatMap(shown -> about(part.builder(), shown).stream()));
        return Stream.of(certificate, signers, builders, voices)
                .flatMap(causes -> causes)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** Why a builder's word is to be weighed again, if it is. */
    public Optional<String> about(BuilderId builder) {
        Optional<TrustedBuilder> was = before.builder(builder);
        Optional<TrustedBuilder> is = after.builder(builder);
        Set<String> ids = new HashSet<>(Set.of(builder.text()));
        Stream.of(was, is).flatMap(Optional::stream).forEach(b -> ids.addAll(names(b)));
        Optional<String> revocations = revocations(builder, ids);
        if (revocations.isPresent()) {
            return revocations;
        } else if (is.isEmpty() && was.isPresent()) {
            return Optional.of(builder + " is no longer a builder");
        }
        boolean sameHosts = before.hostTrust().equals(after.hostTrust())
                || is.filter(b -> !b.hosts().isEmpty()).isEmpty();
        return was.equals(is) && sameHosts
                ? Optional.empty()
                : Optional.of("it says otherwise of " + builder + (sameHosts ? "" : "'s reference values"));
    }

    /** A key of one round alone, which no trust root names, can be revoked like any. */
    private Optional<String> about(BuilderId builder, Attestation shown) {
        return revocations(builder, Set.of(shown.key().id().hex()));
    }

    private Optional<String> revocations(BuilderId builder, Set<String> ids) {
        List<Revocation> gone = of(before, ids);
        List<Revocation> come = of(after, ids);
        List<Revocation> fresh = come.stream().filter(r -> !gone.contains(r)).toList();
        if (!fresh.isEmpty()) {
            return Optional.of(words(builder.text(), fresh.getFirst()));
        }
        return gone.equals(come) ? Optional.empty() : Optional.of("a revocation of " + builder + " was taken back");
    }

    /** Why what a certifier's key signed is to be weighed again, if it is. */
    Optional<String> about(P256Key certifier) {
        Set<String> id = Set.of(certifier.id().hex());
        List<Revocation> fresh = new ArrayList<>(of(after, id));
        fresh.removeAll(of(before, id));
        if (!fresh.isEmpty()) {
            return Optional.of(words("the certifier's key", fresh.getFirst()));
        }
        Optional<TimedKey> was = before.certifierWith(certifier).flatMap(c -> c.key(certifier));
        Optional<TimedKey> is = after.certifierWith(certifier).flatMap(c -> c.key(certifier));
        return was.equals(is) && of(before, id).equals(of(after, id))
                ? Optional.empty()
                : Optional.of("it says otherwise of the certifier's key");
    }

    /** Why a certificate itself is to be weighed again, if it is. */
    Optional<String> about(Sha256 certificate) {
        Set<String> id = Set.of(certificate.hex());
        List<Revocation> come = of(after, id);
        if (come.equals(of(before, id))) {
            return Optional.empty();
        }
        return Optional.of(
                come.isEmpty()
                        ? "the revocation of its certificate was taken back"
                        : words("its certificate", come.getLast()));
    }

    private static Set<String> names(TrustedBuilder builder) {
        Set<String> names = new HashSet<>();
        builder.keys().forEach(key -> names.add(key.key().id().hex()));
        for (TrustedHost host : builder.hosts()) {
            names.add(host.id().toString());
            if (host instanceof TrustedHost.Tpm2 tpm) {
                names.add(tpm.ak().id().hex());
            }
        }
        return names;
    }

    private static List<Revocation> of(TrustRoot trust, Set<String> ids) {
        return trust.revocations().stream().filter(r -> ids.contains(r.id())).toList();
    }

    /** A revocation as a sentence's beginning. */
    static String words(String whose, Revocation revocation) {
        String what = switch (revocation.kind()) {
            case KEY -> whose.startsWith("the ") ? whose : "a key of " + whose;
            case HOST -> "a host of " + whose;
            case BUILDER, CERTIFICATE -> whose;
        };
        return what + " is revoked as of " + revocation.since() + " (" + Printable.of(revocation.reason()) + ")";
    }
}
