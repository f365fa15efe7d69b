package dev.quorate.coordinator;

import dev.quorate.coordinator.config.Config;
import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.json.Printable;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The command line.
 *
 * @param task what to do
 */
record Arguments(Path config, Optional<Path> dir, Task task) {
    private static final String USAGE = "usage: coordinator --config FILE [--dir DIR] [--init]";

    enum Task {
        SERVE,
        MAKE_KEYS
    }

    static Arguments parse(String... words) throws ConfigException {
        Deque<String> rest = new ArrayDeque<>(List.of(words));
        Optional<Path> config = Optional.empty();
        Optional<Path> dir = Optional.empty();
        Task task = Task.SERVE;
        while (!rest.isEmpty()) {
            String word = rest.pop();
            switch (word) {
                case "--config" -> config = Optional.of(value(word, rest));
                case "--dir" -> dir = Optional.of(value(word, rest));
                case "--init" -> task = Task.MAKE_KEYS;
                default -> throw new ConfigException(Printable.quote(word) + " is not known; " + USAGE);
            }
        }
        return new Arguments(config.orElseThrow(() -> new ConfigException(USAGE)), dir, task);
    }

    private static Path value(String option, Deque<String> rest) throws ConfigException {
        if (rest.isEmpty()) {
            throw new ConfigException(option + " needs a value; " + USAGE);
        }
        return Path.of(rest.pop());
    }

    Config load() throws ConfigException {
        Config loaded = Config.load(config);
        return dir.isPresent() ? loaded.in(dir.get().toAbsolutePath().normalize()) : loaded;
    }
}
