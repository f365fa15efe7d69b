package dev.quorate.agent.build;

import dev.quorate.agent.unpack.Archive;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.Recipe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code mvn} of the pinned Maven over the only other source archive. Every repository that a build names is mirrored to
 * one place: what the lock pins. Metadata of versions is not pinned, so ranges and snapshots find nothing.
 */
final class MavenSteps implements RecipeSteps {
    private static final URI LOCKED = URI.create("file:///inputs/repository");
    private static final Pattern MAVEN = Pattern.compile("apache-maven-[0-9][^/]*-bin\\.(tar\\.gz|zip)");
    private static final String SCRIPT = """
            export JAVA_HOME="${JAVA_HOME:-$1}"
            shift
            exec /build/tools/maven/bin/mvn -B -ntp -s /inputs/settings.xml \\
                -Dmaven.repo.local=/build/tools/repository "$@"
            """;
    private static final String SETTINGS = """
            <settings xmlns="http://maven.apache.org/SETTINGS/1.2.0">
              <mirrors>
                <mirror>
                  <id>locked</id>
                  <mirrorOf>*</mirrorOf>
                  <url>%s</url>
                </mirror>
              </mirrors>
            </settings>
            """;

    private final URI mirror;

    private MavenSteps(URI mirror) {
        this.mirror = mirror;
    }

    /** Nothing but what the lock pins. */
    static MavenSteps locked() {
        return new MavenSteps(LOCKED);
    }

    /** A mirror on this machine that notes what is fetched. */
    static MavenSteps through(URI mirror) {
        if (!"127.0.0.1".equals(mirror.getHost()) || !"http".equals(mirror.getScheme())) {
            throw new IllegalArgumentException("a trial run fetches only through http://127.0.0.1:port, not " + mirror);
        }
        return new MavenSteps(mirror);
    }

    @Override
    public Plan prepare(Workspace workspace, Path root) throws IOException, UnbuildableException {
        Recipe recipe = workspace.spec().recipe();
        List<LockedFile> tools = archives(workspace, true);
        List<LockedFile> sources = archives(workspace, false);
        if (tools.size() != 1 || sources.size() != 1) {
            throw UnbuildableException.spec("a maven build needs one apache-maven-…-bin.tar.gz and one source archive"
                    + " among its sources, not " + tools.size() + " and " + sources.size());
        }
        workspace.unpack(tools.getFirst(), workspace.outside("/build/tools/maven"), Archive.Top.STRIP);
        workspace.unpack(sources.getFirst(), workspace.recipeDirectory(), Archive.Top.STRIP);
        Files.createDirectories(workspace.inputs().resolve("repository"));
        for (LockedFile file : workspace.spec().locked(LockedFile.Role.REPOSITORY)) {
            workspace.copy(file, file.path().below(workspace.inputs().resolve("repository")));
        }
        Files.writeString(workspace.inputs().resolve("settings.xml"), SETTINGS.formatted(mirror.toASCIIString()));
        List<String> arguments = new ArrayList<>(List.of(javaHome(root)));
        arguments.addAll(recipe.arguments());
        return new Plan(
                "cd '" + recipe.directory() + "'\n" + SCRIPT,
                arguments,
                Plan.variables(Map.of(), recipe.variables()),
                recipe.directory() + "/target");
    }

    private static List<LockedFile> archives(Workspace workspace, boolean maven) {
        return workspace.spec().locked(LockedFile.Role.SOURCE).stream()
                .filter(file -> Archive.is(file.path().fileName()))
                .filter(file -> MAVEN.matcher(file.path().fileName()).matches() == maven)
                .toList();
    }

    /** Debian's default, or the only JDK that there is. */
    static String javaHome(Path root) throws IOException, UnbuildableException {
        Path all = root.resolve("usr/lib/jvm");
        List<String> found = new ArrayList<>();
        if (Files.isSymbolicLink(all.resolve("default-java"))) {
            return "/usr/lib/jvm/default-java";
        }
        if (Files.isDirectory(all)) {
            try (DirectoryStream<Path> homes = Files.newDirectoryStream(all)) {
                for (Path home : homes) {
                    if (Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS) && Files.exists(home.resolve("bin/javac"))) {
                        found.add("/usr/lib/jvm/" + home.getFileName());
                    }
                }
            }
        }
        if (found.size() != 1) {
            throw UnbuildableException.spec("a maven build needs exactly one JDK in its environment, not "
                    + found.size() + "; name one in environment.packages");
        }
        return found.getFirst();
    }
}
