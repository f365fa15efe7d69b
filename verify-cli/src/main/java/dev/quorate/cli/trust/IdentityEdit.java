package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.trust.Identity;
import dev.quorate.trust.Principal;
import dev.quorate.trust.SigstoreRoot;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A maintainer's keyless identity that comes or ends, or a Sigstore root for identities. */
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

    static IdentityEdit identity(Arguments arguments, Surroundings here, Draft draft) throws RefusedException {
        String root = arguments.value("sigstore-root");
        if (draft.from().sigstoreRoot(root).isEmpty()) {
            throw arguments.refused("there is no Sigstore root " + Printable.quote(root)
                    + "; add it first: quorate trust add FILE sigstore-root --name NAME --document FILE");
        }
        Optional<Instant> until = arguments.optional("until", text -> Expiry.parse(text, here.now()));
        Instant from = arguments
                .optional("from", text -> Expiry.parse(text, here.now()))
                .orElse(here.now().truncatedTo(ChronoUnit.SECONDS));
        Identity identity;
        try {
            identity = new Identity(arguments.value("issuer"), arguments.value("subject"), root, from, until);
        } catch (IllegalArgumentException e) {
            throw arguments.refused("--issuer and --subject " + e.getMessage());
        }
        List<Principal> all = new ArrayList<>(draft.from().maintainers());
        String id = arguments.value("id");
        Optional<Principal> known =
                all.stream().filter(maintainer -> maintainer.id().equals(id)).findFirst();
        List<Identity> identities =
                new ArrayList<>(known.map(Principal::identities).orElse(List.of()));
        Optional<Identity> old = identities.stream().filter(identity::isSameAs).findFirst();
        if (old.isPresent()) {
            if (until.isEmpty() || arguments.has("from")) {
                throw arguments.refused("the maintainer has this identity; --until ends it");
            }
            Identity ended = new Identity(
                    identity.issuer(), identity.subject(), root, old.get().from(), until);
            identities.set(identities.indexOf(old.get()), ended);
        } else {
            identities.add(identity);
        }
        Principal maintainer = arguments.value(
                "id", name -> new Principal(name, known.map(Principal::keys).orElse(List.of()), identities));
        known.ifPresentOrElse(before -> all.set(all.indexOf(before), maintainer), () -> all.add(maintainer));
        return new IdentityEdit(
                draft.maintainers(all),
                old.isPresent()
                        ? "the identity " + identity.subject() + " of maintainer " + id + " ends at " + until.get()
                        : "added identity " + identity.subject() + " of maintainer " + id);
    }

    Answer keep(TrustFile file) throws RefusedException, MalformedException {
        return file.keep(edited, what);
    }
}
