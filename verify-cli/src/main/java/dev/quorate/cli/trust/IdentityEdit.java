package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.Identity;
import dev.quorate.trust.Principal;
import dev.quorate.trust.SigstoreRoot;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A maintainer's or builder's keyless identity that comes or ends, or a Sigstore root for identities. */
record IdentityEdit(TrustRoot edited, String what) {
    /** A root that is there is replaced: its authorities and logs change over the years. */
    static IdentityEdit root(Arguments arguments, Surroundings here, Draft draft) throws RefusedException {
        String name = arguments.value("name");
        GivenFile file = GivenFile.of(here, arguments.value("document"));
        byte[] document = file.bytes(SigstoreRoot.MAX_BYTES);
        SigstoreRoot root;
        try {
            root = new SigstoreRoot(name, document);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(file.printable() + ": a Sigstore root " + e.getMessage(), e);
        }
        List<SigstoreRoot> all = new ArrayList<>(draft.from().sigstoreRoots());
        boolean replaced = all.removeIf(known -> known.name().equals(name));
        all.add(root);
        return new IdentityEdit(
                draft.sigstoreRoots(all), (replaced ? "replaced" : "added") + " sigstore-root " + Printable.of(name));
    }

    /** The identity that the options name, with times of its own. */
    private static Identity given(Arguments arguments, Surroundings here, TrustRoot trust) throws RefusedException {
        Optional<Instant> until = arguments.optional("until", text -> Expiry.parse(text, here.now()));
        Instant from = arguments
                .optional("from", text -> Expiry.parse(text, here.now()))
                .orElse(here.now().truncatedTo(ChronoUnit.SECONDS));
        return given(arguments, trust, from, until);
    }

    /** The identity that the options name, with those times. */
    static Identity given(Arguments arguments, TrustRoot trust, Instant from, Optional<Instant> until)
            throws RefusedException {
        String issuer = TrustAdd.needed(arguments, "issuer");
        String subject = TrustAdd.needed(arguments, "subject");
        String root = TrustAdd.needed(arguments, "sigstore-root");
        if (trust.sigstoreRoot(root).isEmpty()) {
            throw arguments.refused("there is no Sigstore root " + Printable.quote(root)
                    + "; add it first: quorate trust add FILE sigstore-root --name NAME --document FILE");
        }
        try {
            return new Identity(issuer, subject, root, from, until);
        } catch (IllegalArgumentException e) {
            throw arguments.refused("--issuer and --subject " + e.getMessage());
        }
    }

    static IdentityEdit identity(Arguments arguments, Surroundings here, Draft draft) throws RefusedException {
        Identity identity = given(arguments, here, draft.from());
        List<Principal> all = new ArrayList<>(draft.from().maintainers());
        String id = arguments.value("id");
        Optional<Principal> known =
                all.stream().filter(maintainer -> maintainer.id().equals(id)).findFirst();
        List<Identity> identities =
                with(arguments, identity, known.map(Principal::identities).orElse(List.of()), "the maintainer");
        Principal maintainer = arguments.value(
                "id", name -> new Principal(name, known.map(Principal::keys).orElse(List.of()), identities));
        known.ifPresentOrElse(before -> all.set(all.indexOf(before), maintainer), () -> all.add(maintainer));
        return new IdentityEdit(
                draft.maintainers(all),
                did(identity, known.map(Principal::identities).orElse(List.of()), "maintainer " + maintainer.id()));
    }

    /** A builder's, which is to vouch for each of its keys from then on. */
    static IdentityEdit ofBuilder(Arguments arguments, Surroundings here, Draft draft) throws RefusedException {
        Identity identity = given(arguments, here, draft.from());
        BuilderId id = arguments.value("id", BuilderId::parse);
        TrustedBuilder builder = draft.from()
                .builder(id)
                .orElseThrow(() -> arguments.refused("the trust root has no builder " + id
                        + "; quorate trust add FILE builder takes --issuer, --subject and --sigstore-root too"));
        List<TrustedBuilder> all = new ArrayList<>(draft.from().builders());
        all.set(
                all.indexOf(builder),
                builder.withIdentities(with(arguments, identity, builder.identities(), "the builder")));
        return new IdentityEdit(draft.builders(all), did(identity, builder.identities(), "builder " + id));
    }

    /** With one more, or with an end of one that is there. */
    private static List<Identity> with(Arguments arguments, Identity identity, List<Identity> known, String whose)
            throws RefusedException {
        List<Identity> identities = new ArrayList<>(known);
        Optional<Identity> old = identities.stream().filter(identity::isSameAs).findFirst();
        if (old.isEmpty()) {
            identities.add(identity);
            return identities;
        }
        if (identity.until().isEmpty() || arguments.has("from")) {
            throw arguments.refused(whose + " has this identity; --until ends it");
        }
        identities.set(
                identities.indexOf(old.get()),
                new Identity(
                        identity.issuer(),
                        identity.subject(),
                        identity.root(),
                        old.get().from(),
                        identity.until()));
        return identities;
    }

    private static String did(Identity identity, List<Identity> known, String whose) {
        return known.stream().anyMatch(identity::isSameAs)
                ? "the identity " + identity.subject() + " of " + whose + " ends at "
                        + identity.until().orElseThrow()
                : "added identity " + identity.subject() + " of " + whose;
    }

    Answer keep(TrustFile file) throws RefusedException, MalformedException {
        return file.keep(edited, what);
    }
}
