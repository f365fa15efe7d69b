package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.dsse.P256Key;
import dev.quorate.export.LinkKey;
import dev.quorate.identity.VouchedKey;
import dev.quorate.identity.VoucherJudge;
import dev.quorate.identity.VoucherJudgement;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.Identity;
import dev.quorate.trust.KeyVoucher;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A builder that comes, gets a further key, or has a key vouched for. */
record BuilderEdit(Arguments arguments, Surroundings here, TrustFile file) {
    Answer add(TimedKey given) throws RefusedException, MalformedException {
        BuilderId id = arguments.value("id", BuilderId::parse);
        TrustRoot trust = file.trust();
        Optional<TrustedBuilder> known = trust.builder(id);
        TimedKey key = keyed(given, known);
        List<TimedKey> keys = new ArrayList<>(known.map(TrustedBuilder::keys).orElse(List.of()));
        boolean there = keys.removeIf(old -> old.key().equals(given.key()) && arguments.has("bundle"));
        keys.add(key);
        var builder = new TrustedBuilder(
                id,
                attribute("operator", known.map(TrustedBuilder::operator)),
                attribute("zone", known.map(TrustedBuilder::zone)),
                attribute("cpu-vendor", known.map(TrustedBuilder::cpuVendor)),
                keys,
                arguments
                        .optional("link-key", LinkKey::parse)
                        .map(LinkKey::key)
                        .or(() -> known.flatMap(TrustedBuilder::linkKey)),
                known.map(TrustedBuilder::hosts).orElse(List.of()),
                identities(known));
        List<TrustedBuilder> all = new ArrayList<>(trust.builders());
        known.ifPresentOrElse(old -> all.set(all.indexOf(old), builder), () -> all.add(builder));
        TrustRoot edited = Draft.of(file).builders(all);
        String did = there ? "key " + given.key().id() + " of builder " + id : "added builder " + id;
        return file.keep(edited, did + vouched(edited, id, given.key()));
    }

    /** With the bundle, if one is given; it may come later than the key, and leaves the key's times alone then. */
    private TimedKey keyed(TimedKey given, Optional<TrustedBuilder> known) throws RefusedException, MalformedException {
        if (!arguments.has("bundle")) {
            return given;
        }
        Optional<TimedKey> old = known.flatMap(builder -> builder.key(given.key()));
        if (old.isPresent() && (arguments.has("from") || arguments.has("until"))) {
            throw arguments.refused("the builder has this key; a bundle for it comes without --from and --until");
        }
        KeyVoucher voucher = VoucherEdit.read(arguments, here);
        return old.orElse(given).with(voucher);
    }

    private List<Identity> identities(Optional<TrustedBuilder> known) throws RefusedException {
        List<Identity> identities =
                new ArrayList<>(known.map(TrustedBuilder::identities).orElse(List.of()));
        if (arguments.has("issuer") || arguments.has("subject") || arguments.has("sigstore-root")) {
            Identity identity = IdentityEdit.given(arguments, here, file.trust());
            if (identities.stream().noneMatch(identity::isSameAs)) {
                identities.add(identity);
            }
        }
        return identities;
    }

    /** What is to be vouched for and is not is no draft worth signing, so it does not become one. */
    private String vouched(TrustRoot edited, BuilderId id, P256Key key) throws RefusedException {
        Optional<VoucherJudgement> judgement = VouchedKey.judged(edited, key, VoucherJudge.present());
        if (judgement.isEmpty()) {
            return "";
        }
        return switch (judgement.get()) {
            case VoucherJudgement.Good good ->
                ", vouched for by " + Printable.of(good.identity().subject()) + " at " + good.time();
            case VoucherJudgement.Refused refused ->
                throw arguments.refused(VoucherEdit.sentence(new VouchedKey(id, key, refused), refused));
        };
    }

    private String attribute(String option, Optional<String> known) throws RefusedException {
        if (known.isEmpty()) {
            return TrustAdd.needed(arguments, option);
        }
        Optional<String> given = arguments.optional(option);
        if (given.isPresent() && !given.equals(known)) {
            throw arguments.refused(
                    "the builder is there with --" + option + " " + known.get() + "; another one needs another --id");
        }
        return known.get();
    }
}
