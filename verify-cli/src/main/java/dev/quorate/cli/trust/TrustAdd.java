package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.key.PublicKeyText;
import dev.quorate.host.HostRecord;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteKey;
import dev.quorate.trust.Principal;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds a builder, certifier, maintainer, log, witness or time authority; a further key, if the name is there already, or
 * a time authority's end. A maintainer's or a builder's keyless identity, and what it is judged under. What evidence of hosts is judged
 * by: a maker, a profile, a builder's host. And how keys of certifiers and root key holders are kept.
 */
public final class TrustAdd implements Command {
    private static final int LONGEST_VKEY = 4096;
    private static final List<String> KINDS = List.of(
            "builder",
            "certifier",
            "maintainer",
            "identity",
            "builder-identity",
            "sigstore-root",
            "log",
            "witness",
            "time-authority",
            "maker",
            "profile",
            "host",
            "key-host",
            "seal");

    @Override
    public Syntax syntax() {
        return Syntax.of("trust add")
                .operands("FILE " + String.join("|", KINDS), 2, 2)
                .with(
                        Option.optional("id", "NAME"),
                        Option.optional("operator", "NAME"),
                        Option.optional("zone", "NAME"),
                        Option.optional("cpu-vendor", "NAME"),
                        Option.optional("key", "PUBLIC"),
                        Option.optional("link-key", "BASE64"),
                        Option.optional("from", "INSTANT"),
                        Option.optional("until", "SPAN"),
                        Option.optional("vkey", "TEXT"),
                        Option.optional("name", "NAME"),
                        Option.repeated("root", "CERTIFICATE"),
                        Option.repeated("pcr", "N=HEX"),
                        Option.repeated("event", "N=HEX"),
                        Option.repeated("allow", "N=HEX"),
                        Option.optional("event-log", "FILE"),
                        Option.optional("reference", "FILE"),
                        Option.flag("drtm"),
                        Option.repeated("ima", "HEX"),
                        Option.repeated("measurement", "HEX"),
                        Option.repeated("tcb", "PART=N"),
                        Option.optional("vmpl", "N"),
                        Option.optional("record", "FILE"),
                        Option.optional("maker", "NAME"),
                        Option.optional("profile", "NAME"),
                        Option.repeated("intermediate", "CERTIFICATE"),
                        Option.optional("certificates", "FILE"),
                        Option.optional("issuer", "URL"),
                        Option.optional("subject", "TEXT"),
                        Option.optional("sigstore-root", "NAME"),
                        Option.optional("document", "FILE"),
                        Option.optional("bundle", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        TrustFile file = TrustFile.read(GivenFile.of(here, arguments.operands().getFirst()));
        Draft draft = Draft.of(file);
        String kind = arguments.operands().get(1);
        switch (kind) {
            case "builder" -> {
                allow(
                        arguments,
                        kind,
                        "id",
                        "operator",
                        "zone",
                        "cpu-vendor",
                        "key",
                        "link-key",
                        "from",
                        "until",
                        "bundle",
                        "issuer",
                        "subject",
                        "sigstore-root");
                needed(arguments, "id");
                return new BuilderEdit(arguments, here, file).add(key(arguments, here));
            }
            case "certifier", "maintainer" -> {
                allow(arguments, kind, "id", "key", "from", "until");
                return file.keep(principal(arguments, here, draft, kind), "added " + kind + " " + id(arguments));
            }
            case "log", "witness" -> {
                allow(arguments, kind, "vkey");
                NoteKey key = VerifierKey.read(verifierKey(arguments, here), arguments);
                NoteAlgorithm fitting = kind.equals("log") ? NoteAlgorithm.ED25519 : NoteAlgorithm.COSIGNATURE_V1;
                if (key.algorithm() != fitting) {
                    throw arguments.refused("a " + kind + " needs a verifier key of type " + fitting.type());
                }
                TrustRoot edited = kind.equals("log") ? draft.log(key) : draft.witness(key);
                return file.keep(
                        edited, "added " + kind + " " + Printable.of(key.name().text()));
            }
            case "time-authority" -> {
                allow(arguments, kind, "id", "certificates", "from", "until");
                needed(arguments, "id");
                return TimeAuthorityEdit.of(arguments, here, draft).keep(file);
            }
            case "identity", "builder-identity" -> {
                allow(arguments, kind, "id", "issuer", "subject", "sigstore-root", "from", "until");
                needed(arguments, "id");
                needed(arguments, "issuer");
                needed(arguments, "subject");
                needed(arguments, "sigstore-root");
                return (kind.equals("identity")
                                ? IdentityEdit.identity(arguments, here, draft)
                                : IdentityEdit.ofBuilder(arguments, here, draft))
                        .keep(file);
            }
            case "sigstore-root" -> {
                allow(arguments, kind, "name", "document");
                needed(arguments, "name");
                needed(arguments, "document");
                return IdentityEdit.root(arguments, here, draft).keep(file);
            }
            case "maker", "profile", "host" -> {
                return host(arguments, file, new HostAdditions(arguments, here, draft), kind);
            }
            case "key-host" -> {
                allow(arguments, kind, "record", "maker", "intermediate");
                needed(arguments, "record");
                needed(arguments, "maker");
                return new SealAdditions(arguments, here, file).keyHost();
            }
            case "seal" -> {
                allow(arguments, kind, "record", "profile");
                needed(arguments, "record");
                needed(arguments, "profile");
                return new SealAdditions(arguments, here, file).seal();
            }
            default -> throw arguments.refused(Printable.quote(kind) + " is none of " + String.join(", ", KINDS));
        }
    }

    private Answer host(Arguments arguments, TrustFile file, HostAdditions additions, String kind)
            throws RefusedException, MalformedException {
        switch (kind) {
            case "maker" -> {
                allow(arguments, kind, "name", "root");
                String name = needed(arguments, "name");
                needed(arguments, "root");
                return file.keep(additions.maker(), "added maker " + Printable.of(name));
            }
            case "profile" -> {
                allow(
                        arguments,
                        kind,
                        "name",
                        "pcr",
                        "event",
                        "allow",
                        "event-log",
                        "drtm",
                        "ima",
                        "reference",
                        "measurement",
                        "tcb",
                        "vmpl");
                String name = needed(arguments, "name");
                return file.keep(additions.profile(), "added profile " + Printable.of(name));
            }
            default -> {
                allow(arguments, kind, "record", "maker", "profile", "intermediate");
                needed(arguments, "record");
                needed(arguments, "maker");
                needed(arguments, "profile");
                HostRecord record = additions.record();
                return file.keep(
                        additions.host(),
                        "added host " + record.host() + " of builder " + record.builder()
                                + "; compare it with what its operator tells you by another way");
            }
        }
    }

    private static TrustRoot principal(Arguments arguments, Surroundings here, Draft draft, String kind)
            throws RefusedException {
        TimedKey key = key(arguments, here);
        String id = id(arguments);
        return kind.equals("certifier")
                ? draft.certifiers(principals(arguments, draft.from().certifiers(), id, key))
                : draft.maintainers(principals(arguments, draft.from().maintainers(), id, key));
    }

    private static List<Principal> principals(Arguments arguments, List<Principal> list, String id, TimedKey key)
            throws RefusedException {
        List<Principal> all = new ArrayList<>(list);
        Optional<Principal> known =
                all.stream().filter(principal -> principal.id().equals(id)).findFirst();
        List<TimedKey> keys = new ArrayList<>(known.map(Principal::keys).orElse(List.of()));
        keys.add(key);
        Principal principal = arguments.value(
                "id",
                name -> new Principal(
                        name, keys, known.map(Principal::identities).orElse(List.of())));
        known.ifPresentOrElse(old -> all.set(all.indexOf(old), principal), () -> all.add(principal));
        return all;
    }

    private static TimedKey key(Arguments arguments, Surroundings here) throws RefusedException {
        Instant from = arguments
                .optional("from", text -> Expiry.parse(text, here.now()))
                .orElse(here.now().truncatedTo(ChronoUnit.SECONDS));
        Optional<Instant> until = arguments.optional("until", text -> Expiry.parse(text, here.now()));
        return new TimedKey(PublicKeyText.read(here, needed(arguments, "key")), from, until);
    }

    /** The text itself, or a file that holds it. */
    private static String verifierKey(Arguments arguments, Surroundings here) throws RefusedException {
        String text = needed(arguments, "vkey");
        return Files.isRegularFile(here.path(text))
                ? new String(GivenFile.of(here, text).bytes(LONGEST_VKEY), StandardCharsets.UTF_8).strip()
                : text.strip();
    }

    private static String id(Arguments arguments) throws RefusedException {
        return needed(arguments, "id");
    }

    static String needed(Arguments arguments, String option) throws RefusedException {
        return arguments
                .optional(option)
                .orElseThrow(
                        () -> arguments.refused(article(arguments.operands().get(1))
                                + arguments.operands().get(1) + " needs --" + option + "; see quorate trust --help"));
    }

    private static String article(String kind) {
        return kind.equals("identity") ? "an " : "a ";
    }

    private void allow(Arguments arguments, String kind, String... options) throws RefusedException {
        List<String> fitting = List.of(options);
        for (Option option : syntax().options()) {
            boolean general = option.name().equals("json") || option.name().equals("help");
            if (!general && arguments.has(option.name()) && !fitting.contains(option.name())) {
                throw arguments.refused(article(kind) + kind + " has no --" + option.name());
            }
        }
    }
}
