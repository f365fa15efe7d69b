package dev.quorate.cli.audit;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.coordinator.ClientConfig;
import dev.quorate.cli.coordinator.Coordinator;
import dev.quorate.cli.log.WholeLog;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.kit.Kit;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Every use of a key, or everything that a machine vouched for. */
public final class AuditCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("audit")
                .with(
                        Option.optional("key", "FINGERPRINT"),
                        Option.optional("host", "ID"),
                        Option.required("trust", "FILE"),
                        Option.optional("log", "URL|DIR"),
                        Option.repeated("kit", "FILE|DIR"),
                        Option.optional("origin", "NAME"),
                        Option.optional("witnesses", "K"),
                        Option.optional("ca", "FILE"),
                        Option.optional("config", "FILE"),
                        Option.flag("csv"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        if (arguments.has("key") == arguments.has("host")) {
            throw arguments.refused("needs --key FINGERPRINT or --host ID, one of them");
        }
        if (arguments.has("csv") && arguments.has("json")) {
            throw arguments.refused("--csv and --json are two forms; give one");
        }
        Predicate<Use> wanted = wanted(arguments);
        var book = new Book(WholeLog.trust(arguments, here), here.now());
        String log = WholeLog.read(arguments, here, where(arguments, here), book::enter);
        for (Kit kit : kits(arguments, here)) {
            book.take(kit);
        }
        String asked = arguments.has("key") ? "key " + arguments.value("key") : "host " + arguments.value("host");
        var report = new Report(Printable.of(asked), log, book.size(), book.strangers(), book.uses(wanted));
        return Answer.done(report.json(), arguments.has("csv") ? report.csv() : report.text());
    }

    /** A host is named by its identity, or by the builder that it is of. */
    private static Predicate<Use> wanted(Arguments arguments) throws RefusedException {
        if (arguments.has("key")) {
            Sha256 id = arguments.value("key", Sha256::parse);
            return use -> use.key().id().equals(id);
        }
        String host = arguments.value("host");
        return use -> use.machine().host().equals(host)
                || use.about().equals(host)
                || use.builder().equals(host)
                || use.who().role() == Party.Role.BUILDER && use.who().name().equals(host);
    }

    private static String where(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        return arguments.has("log")
                ? arguments.value("log")
                : ClientConfig.find(arguments, here)
                        .coordinator()
                        .resolve("/log")
                        .toString();
    }

    private static List<Kit> kits(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        List<Kit> kits = new ArrayList<>();
        for (String name : arguments.all("kit")) {
            for (GivenFile file : files(here, name)) {
                kits.add(Kit.parse(file.bytes(Kit.MAX_BYTES), file.printable()));
            }
        }
        if (!arguments.has("kit") && !arguments.has("log")) {
            try (var coordinator = Coordinator.connect(ClientConfig.find(arguments, here))) {
                for (RoundId round : coordinator.rounds()) {
                    kits.add(Kit.parse(coordinator.kit(round), "kit of " + round));
                }
                byte[] changes = coordinator.hostChanges();
                if (changes.length > 0) {
                    kits.add(Kit.parse(changes, "changes of hosts"));
                }
            }
        }
        return kits;
    }

    private static List<GivenFile> files(Surroundings here, String name) throws RefusedException {
        Path path = here.path(name);
        if (!Files.isDirectory(path)) {
            return List.of(GivenFile.of(here, name));
        }
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(file -> file.getFileName().toString().endsWith(".sigstore.jsonl"))
                    .sorted()
                    .map(file -> new GivenFile(file.toString(), file))
                    .toList();
        } catch (IOException e) {
            throw new RefusedException(Printable.of(name) + ": cannot be read", e);
        }
    }
}
