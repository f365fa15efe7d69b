package dev.quorate.cli;

import dev.quorate.json.Printable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All commands by name. Only the class of the one that runs is loaded. */
final class Commands {
    private static final List<String> ONE_WORD =
            List.of("demo", "verify", "gate", "submit", "status", "explain", "fetch", "audit", "doctor");
    private static final List<String> SPEC = List.of("check", "digest", "lock", "import");
    private static final List<String> EXPORT = List.of("links", "vsa", "proof");
    private static final List<String> LOG = List.of("check", "watch");
    private static final List<String> TRUST =
            List.of("key", "init", "statement", "add", "enrol", "seal", "sign", "rotate", "revoke", "show", "push");
    /** Started by the launcher, not from here. */
    private static final List<String> OTHERS = List.of("coordinator", "agent", "test");

    private Commands() {}

    /** A command and the words that follow its name. */
    record Found(Command command, List<String> rest) {}

    static Found find(List<String> words) throws RefusedException {
        String first = words.getFirst();
        return switch (first) {
            case "spec" -> second(words, SPEC);
            case "trust" -> second(words, TRUST);
            case "export" -> second(words, EXPORT);
            case "log" -> second(words, LOG);
            default -> first(words);
        };
    }

    private static Found first(List<String> words) throws RefusedException {
        String first = words.getFirst();
        Command command = named(first)
                .orElseThrow(() -> new RefusedException(Printable.quote(first) + " is not a command"
                        + NearMiss.among(all(), first) + "; see quorate --help"));
        return new Found(command, words.subList(1, words.size()));
    }

    private static Found second(List<String> words, List<String> known) throws RefusedException {
        String first = words.getFirst();
        String choice = String.join(", ", known);
        if (words.size() < 2) {
            throw new RefusedException(first + " needs one of " + choice + "; see quorate " + first + " --help");
        }
        String name = words.get(1);
        Command command = named(first + " " + name)
                .orElseThrow(() -> new RefusedException(first + " " + Printable.quote(name) + " is not a command"
                        + NearMiss.among(known, name) + "; there are " + choice));
        return new Found(command, words.subList(2, words.size()));
    }

    private static List<String> all() {
        return Stream.of(ONE_WORD, List.of("spec", "trust", "export", "log", "help"), OTHERS)
                .flatMap(List::stream)
                .toList();
    }

    private static Optional<Command> named(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "demo" -> new dev.quorate.cli.demo.DemoCommand();
                    case "verify" -> new dev.quorate.cli.verify.VerifyCommand();
                    case "gate" -> new dev.quorate.cli.verify.GateCommand();
                    case "submit" -> new dev.quorate.cli.round.SubmitCommand();
                    case "status" -> new dev.quorate.cli.round.StatusCommand();
                    case "explain" -> new dev.quorate.cli.round.ExplainCommand();
                    case "audit" -> new dev.quorate.cli.audit.AuditCommand();
                    case "fetch" -> new dev.quorate.cli.round.FetchCommand();
                    case "spec check" -> new dev.quorate.cli.spec.SpecCheck();
                    case "spec digest" -> new dev.quorate.cli.spec.SpecDigestCommand();
                    case "spec lock" -> new dev.quorate.cli.spec.SpecLock();
                    case "spec import" -> new dev.quorate.cli.spec.SpecImport();
                    case "doctor" -> new dev.quorate.cli.doctor.DoctorCommand();
                    case "export links" -> new dev.quorate.cli.export.ExportLinks();
                    case "export vsa" -> new dev.quorate.cli.export.ExportVsa();
                    case "export proof" -> new dev.quorate.cli.export.ExportProof();
                    case "log check" -> new dev.quorate.cli.log.LogCheck();
                    case "log watch" -> new dev.quorate.cli.log.LogWatch();
                    case "trust key" -> new dev.quorate.cli.trust.TrustKey();
                    case "trust enrol" -> new dev.quorate.cli.enrol.TrustEnrol();
                    case "trust seal" -> new dev.quorate.cli.trust.TrustSeal();
                    case "trust statement" -> new dev.quorate.cli.trust.TrustStatement();
                    case "trust init" -> new dev.quorate.cli.trust.TrustInit();
                    case "trust add" -> new dev.quorate.cli.trust.TrustAdd();
                    case "trust sign" -> new dev.quorate.cli.trust.TrustSign();
                    case "trust rotate" -> new dev.quorate.cli.trust.TrustRotate();
                    case "trust revoke" -> new dev.quorate.cli.trust.TrustRevoke();
                    case "trust show" -> new dev.quorate.cli.trust.TrustShow();
                    case "trust push" -> new dev.quorate.cli.trust.TrustPush();
                    default -> null;
                });
    }
}
