package dev.quorate.cli.spec;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.WrittenFile;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.MachineInputs;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.lock.LockException;
import dev.quorate.lock.Locker;
import dev.quorate.lock.SpecFile;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Pins every input of a spec and the toolchain's closure, in place. */
public final class SpecLock implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("spec lock")
                .operands("FILE", 1, 1)
                .with(Option.optional("cache", "DIR"), Option.optional("trial", "DIR"), Option.optional("o", "OUT"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, IOException, InterruptedException {
        GivenFile file = GivenFile.of(here, arguments.operands().getFirst());
        byte[] text = file.bytes(RebuildSpec.MAX_BYTES);
        RebuildSpec spec = RebuildSpec.parse(text, file.printable());
        Path cache = cache(arguments, here);
        Files.createDirectories(cache);
        here.progress("locking " + spec.release() + "; downloads are kept in " + cache);

        Path target = file.path();
        if (arguments.has("o")) {
            target = here.path(arguments.value("o"));
            WrittenFile.create(target, text);
        }
        try {
            var inputs = MachineInputs.present(cache.resolve("state"), spec.platform());
            RebuildSpec locked = new Locker(new FileCache(cache), inputs, trial(arguments, here, cache)).lock(spec);
            new SpecFile(target).write(locked);
            return answer(arguments.optional("o").orElse(file.name()), locked);
        } catch (LockException e) {
            if (arguments.has("o")) {
                Files.deleteIfExists(target);
            }
            throw new RefusedException(file.printable() + ": cannot be locked: " + e.getMessage(), e);
        }
    }

    private static Answer answer(String given, RebuildSpec locked) {
        int inputs = locked.locked().map(List::size).orElse(0);
        String name = Printable.of(given);
        Json.Obj json = Json.object()
                .put("file", name)
                .put("digest", locked.digest().toString())
                .put("inputs", inputs)
                .build();
        return Answer.done(json, name + ": locked, " + inputs + " inputs, " + locked.digest());
    }

    private static LauncherTrial trial(Arguments arguments, Surroundings here, Path cache) throws RefusedException {
        Optional<Path> kept = Optional.empty();
        if (arguments.has("trial")) {
            kept = Optional.of(here.path(arguments.value("trial")).toAbsolutePath());
        }
        return new LauncherTrial(here, cache, kept);
    }

    private static Path cache(Arguments arguments, Surroundings here) throws RefusedException {
        if (arguments.has("cache")) {
            return here.path(arguments.value("cache")).toAbsolutePath();
        }
        String home = here.variable("HOME")
                .orElseThrow(() -> new RefusedException("neither XDG_CACHE_HOME nor HOME is set; give --cache DIR"));
        return here.variable("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(Path.of(home, ".cache"))
                .resolve("quorate");
    }
}
