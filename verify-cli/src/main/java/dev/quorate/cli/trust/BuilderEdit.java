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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A builder that comes, gets a further key, or has a key vouched for. */
record BuilderEdit(Arguments arguments, Surroundings here, TrustFile file) {
    Answer add(TimedKey given) throws RefusedException, MalformedException {
        BuilderId id = arguments.value("id", BuilderId::parse);
        Optional<TrustedBuilder> known = file.trust().builder(id);
        boolean there = known.flatMap(builder -> builder.key(given.key())).isPresent();
        TrustedBuilder builder = builder(id, known, keyed(given, known));
        Optional<Identity> fresh = fresh(builder);
        TrustRoot edited =
                with(known, fresh.map(identity -> plus(builder, identity)).orElse(builder));
        Optional<VoucherJudgement.Good> good = vouched(edited, id, given.key());
        if (fresh.isPresent() && good.isPresent()) {
            Identity then = from(fresh.get(), good.get().time());
            edited = with(known, plus(builder, then));
        }
        String did = there && arguments.has("bundle")
                ? "key " + given.key().id() + " of builder " + id
                : "added builder " + id;
        return file.keep(
                edited,
                did
                        + good.map(word -> ", vouched for by "
                                        + Printable.of(word.identity().subject()) + " at " + word.time())
                                .orElse(""));
    }

    private TrustRoot with(Optional<TrustedBuilder> known, TrustedBuilder builder) {
        List<TrustedBuilder> all = new ArrayList<>(file.trust().builders());
        known.ifPresentOrElse(old -> all.set(all.indexOf(old), builder), () -> all.add(builder));
        return Draft.of(file).builders(all);
    }

    private TrustedBuilder builder(BuilderId id, Optional<TrustedBuilder> known, TimedKey key) throws RefusedException {
        List<TimedKey> keys = new ArrayList<>(known.map(TrustedBuilder::keys).orElse(List.of()));
        if (arguments.has("bundle")) {
            keys.removeIf(old -> old.key().equals(key.key()));
        }
        keys.add(key);
        return new TrustedBuilder(
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
                known.map(TrustedBuilder::identities).orElse(List.of()));
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

    /** An identity that comes with what it signed; it counts from then on. */
    private Optional<Identity> fresh(TrustedBuilder builder) throws RefusedException {
        if (!arguments.has("issuer") && !arguments.has("subject") && !arguments.has("sigstore-root")) {
            return Optional.empty();
        }
        if (!arguments.has("bundle")) {
            throw arguments.refused(
                    "--issuer, --subject and --sigstore-root go with --bundle, which that identity signed");
        }
        Identity identity = IdentityEdit.given(arguments, file.trust(), Instant.EPOCH, Optional.empty());
        return builder.identities().stream().anyMatch(identity::isSameAs) ? Optional.empty() : Optional.of(identity);
    }

    private static TrustedBuilder plus(TrustedBuilder builder, Identity identity) {
        List<Identity> identities = new ArrayList<>(builder.identities());
        identities.add(identity);
        return builder.withIdentities(identities);
    }

    private static Identity from(Identity identity, Instant time) {
        return new Identity(identity.issuer(), identity.subject(), identity.root(), time, identity.until());
    }

    /** What is to be vouched for and is not is no draft worth signing, so it does not become one. */
    private Optional<VoucherJudgement.Good> vouched(TrustRoot edited, BuilderId id, P256Key key)
            throws RefusedException {
        Optional<VoucherJudgement> judgement = VouchedKey.judged(edited, key, VoucherJudge.present());
        if (judgement.isEmpty()) {
            return Optional.empty();
        }
        return switch (judgement.get()) {
            case VoucherJudgement.Good good -> Optional.of(good);
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
