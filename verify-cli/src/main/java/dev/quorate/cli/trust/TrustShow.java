package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.WrittenFile;
import dev.quorate.digest.Sha256;
import dev.quorate.export.LinkKey;
import dev.quorate.export.RebuilderLayout;
import dev.quorate.host.SealJudge;
import dev.quorate.host.SealJudgement;
import dev.quorate.identity.IdentityRefusal;
import dev.quorate.identity.VouchedKey;
import dev.quorate.identity.VoucherJudgement;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.trust.Identity;
import dev.quorate.trust.Profile;
import dev.quorate.trust.SnpProfile;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedHost;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows a trust root, or writes it for other tools: its logs and time authorities for Sigstore's, its keys for links for
 * in-toto's.
 */
public final class TrustShow implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("trust show")
                .operands("FILE", 1, 1)
                .with(Option.flag("sigstore"), Option.optional("layout", "N"), Option.optional("o", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        TrustFile file = TrustFile.read(GivenFile.of(here, arguments.operands().getFirst()));
        if (arguments.has("sigstore")) {
            return sigstore(arguments, here, file);
        }
        if (arguments.has("layout")) {
            return layout(arguments, here, file);
        }
        if (arguments.has("o")) {
            throw arguments.refused("-o goes with --sigstore or --layout");
        }
        Signatures signatures = Signatures.of(file.signed());
        var seals = new SealJudge(file.trust(), here.now());
        List<VouchedKey> vouched = VoucherEdit.judged(file.trust());
        boolean expired = !here.now().isBefore(file.trust().expires());
        Json.Obj json = Json.object()
                .put("file", file.file().printable())
                .put("signatures", signatures.json())
                .put("expired", expired)
                .put("trust", file.trust().json())
                .put("seals", ShownSeals.json(file.trust(), seals))
                .put("vouchers", Json.arr(vouched.stream().map(TrustShow::json).toList()))
                .build();
        List<String> lines = new ArrayList<>();
        lines.add(file.file().printable() + ": version " + file.trust().version() + ", "
                + (expired ? "EXPIRED " : "expires ") + file.trust().expires());
        String holders = signatures.valid().isEmpty() ? "nobody" : String.join(", ", signatures.valid());
        lines.add("signed by " + holders + ": " + signatures.words());
        describe(file.trust(), seals, vouched, lines);
        return Answer.done(json, lines);
    }

    private static Answer sigstore(Arguments arguments, Surroundings here, TrustFile file) throws RefusedException {
        int logs = file.trust().logs().size();
        return written(
                arguments,
                here,
                SigstoreTrustedRoot.of(file.trust()),
                new Written("logs", logs, "trusted root with " + logs + (logs == 1 ? " log" : " logs")));
    }

    private static Answer layout(Arguments arguments, Surroundings here, TrustFile file) throws RefusedException {
        List<LinkKey> keys = file.trust().builders().stream()
                .flatMap(builder -> builder.linkKey().stream())
                .map(LinkKey::new)
                .toList();
        RebuilderLayout layout = arguments.value(
                "layout",
                text -> new RebuilderLayout(keys, number(text), file.trust().expires()));
        return written(
                arguments,
                here,
                layout.unsigned(),
                new Written(
                        "threshold",
                        layout.threshold(),
                        "layout that asks for links of " + layout.threshold() + " of " + keys.size()
                                + " builders; sign it with in-toto-sign"));
    }

    private static int number(String digits) {
        if (!digits.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("must be a number of builders");
        }
        return Integer.parseInt(digits);
    }

    private record Written(String name, long count, String words) {}

    private static Answer written(Arguments arguments, Surroundings here, Json.Obj content, Written written)
            throws RefusedException {
        if (!arguments.has("o")) {
            return Answer.done(content, CanonicalJson.write(content));
        }
        String name = arguments.value("o");
        WrittenFile.replace(here.path(name), CanonicalJson.bytes(content));
        Json.Obj json = Json.object()
                .put("file", Printable.of(name))
                .put(written.name(), written.count())
                .build();
        return Answer.done(json, Printable.of(name) + ": " + written.words());
    }

    private static void describe(TrustRoot trust, SealJudge seals, List<VouchedKey> vouched, List<String> lines) {
        trust.root().keys().forEach(root -> {
            lines.add("root key    " + root.name() + "  " + root.key().id());
            seals.judge(root.key()).ifPresent(seal -> lines.add(line(seal)));
        });
        trust.builders().forEach(builder -> {
            lines.add("builder     " + builder.id() + "  operator " + builder.operator() + ", zone " + builder.zone()
                    + ", CPU " + builder.cpuVendor());
            builder.keys().forEach(key -> {
                lines.add(line(key));
                vouched.stream()
                        .filter(each -> each.key().equals(key.key()))
                        .forEach(each -> lines.add(line(each.judgement())));
            });
            builder.identities().forEach(identity -> lines.add(line(identity)));
            builder.linkKey()
                    .ifPresent(key -> lines.add("            link key " + new LinkKey(key).id() + " (in-toto key id)"));
            builder.hosts().forEach(host -> lines.add(line(host)));
        });
        trust.certifiers().forEach(certifier -> {
            lines.add("certifier   " + certifier.id());
            certifier.keys().forEach(key -> {
                lines.add(line(key));
                seals.judge(key.key()).ifPresent(seal -> lines.add(line(seal)));
            });
        });
        trust.maintainers().forEach(maintainer -> {
            lines.add("maintainer  " + maintainer.id());
            maintainer.keys().forEach(key -> lines.add(line(key)));
            maintainer.identities().forEach(identity -> lines.add(line(identity)));
        });
        trust.sigstoreRoots()
                .forEach(root -> lines.add(
                        "sigstore    " + root.name() + "  trusted root, SHA-256 " + Sha256.of(root.document())));
        trust.logs().forEach(log -> lines.add("log         " + Printable.of(log.vkey())));
        trust.witnesses().forEach(witness -> lines.add("witness     " + Printable.of(witness.vkey())));
        trust.timeAuthorities().forEach(authority -> {
            lines.add("time        " + authority.id() + " from " + authority.from()
                    + authority.until().map(until -> " until " + until).orElse(""));
            authority
                    .certificates()
                    .forEach(certificate -> lines.add("            certificate "
                            + Printable.of(certificate
                                    .certificate()
                                    .getSubjectX500Principal()
                                    .getName())));
        });
        trust.hostTrust()
                .makers()
                .forEach(maker -> lines.add("maker       " + maker.name() + "  "
                        + maker.roots().size() + (maker.roots().size() == 1 ? " root" : " roots")));
        trust.hostTrust()
                .profiles()
                .forEach(profile -> lines.add("profile     " + profile.name() + "  " + values(profile)));
        trust.hostTrust().keyHosts().forEach(tpm -> lines.add("key host    " + tpm.id() + " by " + tpm.maker()));
        trust.revocations()
                .forEach(revoked -> lines.add("revoked     " + revoked.kind() + " " + revoked.id() + " since "
                        + revoked.since() + ": " + Printable.of(revoked.reason())));
    }

    private static String values(Profile profile) {
        return switch (profile) {
            case Tpm2Profile tpm ->
                "tpm2, PCRs "
                        + tpm.quoted().stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + (tpm.drtm() ? ", dynamic launch" : "");
            case SnpProfile snp ->
                "sev-snp, " + snp.measurements().size()
                        + (snp.measurements().size() == 1 ? " launch measurement" : " launch measurements");
        };
    }

    private static String line(TrustedHost host) {
        return "            host " + host.id() + " " + host.kind().word() + " by " + host.maker() + ", profile "
                + host.profile();
    }

    private static String line(SealJudgement seal) {
        return switch (seal) {
            case SealJudgement.Sealed good ->
                "            sealed on host " + good.host() + ", profile " + good.profile();
            case SealJudgement.Refused refused -> "            NOT SEALED: " + Printable.of(refused.toString());
        };
    }

    private static String line(VoucherJudgement judgement) {
        return switch (judgement) {
            case VoucherJudgement.Good good ->
                "            vouched for by " + good.identity().subject() + " by "
                        + good.identity().issuer() + " at " + good.time();
            case VoucherJudgement.Refused refused -> "            NOT VOUCHED FOR: " + refused;
        };
    }

    private static Json.Obj json(VouchedKey vouched) {
        Json.Builder json = Json.object()
                .put("builder", vouched.builder().text())
                .put("key", vouched.key().id().hex());
        return switch (vouched.judgement()) {
            case VoucherJudgement.Good good ->
                json.put("good", true)
                        .put("subject", good.identity().subject())
                        .put("issuer", good.identity().issuer())
                        .put("root", good.identity().root())
                        .put("time", good.time().toString())
                        .build();
            case VoucherJudgement.Refused(IdentityRefusal why) ->
                json.put("good", false)
                        .put("refusal", why.name())
                        .put("detail", why.sentence())
                        .build();
        };
    }

    private static String line(Identity identity) {
        return "            identity " + identity.subject() + " by " + identity.issuer() + ", under " + identity.root()
                + " from " + identity.from()
                + identity.until().map(until -> " until " + until).orElse("");
    }

    private static String line(TimedKey key) {
        return "            key " + key.key().id() + " from " + key.from()
                + key.until().map(until -> " until " + until).orElse("");
    }
}
