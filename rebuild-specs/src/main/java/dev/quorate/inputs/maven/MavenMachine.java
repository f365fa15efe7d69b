package dev.quorate.inputs.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where this machine's Maven keeps its configuration.
 *
 * @param settings files in the order in which their mirrors count
 * @param homes directories of installed Mavens, the likeliest first
 * @param environment for {@code ${env.NAME}} in settings
 */
public record MavenMachine(List<Path> settings, List<Path> homes, Map<String, String> environment) {
    public MavenMachine {
        settings = List.copyOf(settings);
        homes = List.copyOf(homes);
        environment = Map.copyOf(environment);
    }

    /** The machine that this runs on. */
    public static MavenMachine present() {
        Map<String, String> environment = System.getenv();
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(environment.get("MAVEN_HOME")).map(Path::of).ifPresent(homes::add);
        onPath(environment.getOrDefault("PATH", "")).ifPresent(homes::add);
        homes.add(Path.of("/usr/share/maven"));
        List<Path> settings = new ArrayList<>();
        settings.add(Path.of(System.getProperty("user.home"), ".m2", "settings.xml"));
        homes.forEach(home -> settings.add(home.resolve("conf").resolve("settings.xml")));
        return new MavenMachine(settings, homes, environment);
    }

    private static Optional<Path> onPath(String path) {
        return Stream.of(path.split(":"))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, "mvn"))
                .filter(Files::isExecutable)
                .findFirst()
                .flatMap(MavenMachine::home);
    }

    private static Optional<Path> home(Path mvn) {
        try {
            return Optional.ofNullable(mvn.toRealPath().getParent()).map(Path::getParent);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
