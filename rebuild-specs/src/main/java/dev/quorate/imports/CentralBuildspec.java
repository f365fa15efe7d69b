package dev.quorate.imports;

import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reproducible Central's {@code .buildspec}. */
final class CentralBuildspec {
    private static final Pattern COORDINATE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,120}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    // A person may paste them into a shell, so nothing that a shell looks into.
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/+-]{0,49}");
    private static final Pattern REPOSITORY = Pattern.compile("https://[A-Za-z0-9._/-]{1,80}");
    private static final Pattern JDK = Pattern.compile("(?:1\\.)?([1-9][0-9]?)(?:[.+-].*)?");
    private static final Pattern TOOL = Pattern.compile("mvn-([0-9][A-Za-z0-9.-]{0,40})");
    // Words that a shell would not look into: a command of these is its own list of arguments. Spaces are single here,
    // and
    // a group that repeats would take stack for each word.
    private static final Pattern WORDS = Pattern.compile("mvn( [A-Za-z0-9_.,:=/@%+!^ -]*)?");
    // The Debian release whose archive has that JDK; unstable keeps the others for a while.
    private static final Map<String, String> SUITES =
            Map.of("11", "bullseye", "17", "bookworm", "21", "trixie", "25", "trixie");
    private static final Set<String> USED = Set.of(
            "groupId", "artifactId", "version", "gitRepo", "gitTag", "sourceDistribution", "tool", "jdk", "command");

    private final Map<String, String> values;
    private final String input;

    private CentralBuildspec(Map<String, String> values, String input) {
        this.values = values;
        this.input = input;
    }

    /** An unlocked spec, with comments for the person who completes it. */
    static String spec(String text, String input) throws MalformedException {
        return new CentralBuildspec(Assignments.parse(text, input), input).yaml();
    }

    private String yaml() throws MalformedException {
        String artifact = coordinate("artifactId");
        String version = coordinate("version");
        String command = value("command").replaceAll("[ \\n]+", " ").strip();
        boolean maven = WORDS.matcher(command).matches();
        Draft draft = Draft.from("Reproducible Central's buildspec", input)
                .comment("It is about " + value("groupId") + ":" + artifact + ":" + version + ".")
                .put("name", artifact)
                .put("version", version)
                .put("platform", "linux/amd64");
        environment(draft);
        sources(draft, artifact + "-" + version, maven);
        if (maven) {
            List<String> arguments = List.of(command.split(" "));
            draft.put(
                    "build",
                    build("maven", artifact + "-" + version)
                            .put("arguments", Json.strings(arguments.subList(1, arguments.size())))
                            .build());
        } else {
            draft.look("this command is more than one plain mvn, so it is a script. Its outputs go to $OUT; a")
                    .comment("script has no Maven and no network but what the sources and the environment bring.");
            draft.put(
                    "build",
                    build("script", artifact + "-" + version)
                            .put("script", "cd " + artifact + "-" + version + "\n" + value("command") + "\n")
                            .build());
        }
        draft.look("the record names no outputs; these are what such a build is released as, below target/.")
                .list("outputs", List.of(Json.str(artifact + "-" + version + ".jar")))
                .limits();
        return draft.comments("Also in the record, and not carried over:", rest())
                .text();
    }

    private void environment(Draft draft) throws MalformedException {
        Matcher jdk = JDK.matcher(value("jdk"));
        if (!jdk.matches()) {
            draft.look("which JDK; the record says " + Printable.quote(value("jdk")) + ".");
            draft.put(
                    "environment", Json.object().put("debian", new Json.Null()).build());
            return;
        }
        draft.look("the record wants JDK " + value("jdk") + ". Bytes depend on the exact one, its patch level and")
                .comment("vendor included; a lock pins the one that the archive has now.");
        String major = jdk.group(1);
        draft.put(
                "environment",
                Json.object()
                        .put("debian", SUITES.getOrDefault(major, "sid"))
                        .put("packages", Json.strings(List.of("openjdk-" + major + "-jdk-headless")))
                        .build());
    }

    private void sources(Draft draft, String into, boolean maven) {
        List<Json> sources = new ArrayList<>();
        String repository = value("gitRepo");
        String tag = value("gitTag");
        if (!repository.isEmpty()) {
            boolean pinned = COMMIT.matcher(tag).matches();
            if (!pinned) {
                draft.look("pin the commit: write its 40 hex digits after the #. The record names the tag")
                        .comment(Printable.quote(tag) + ", and a tag can be moved by whoever can push.");
                if (TAG.matcher(tag).matches() && REPOSITORY.matcher(repository).matches()) {
                    draft.comment("  git ls-remote " + repository + " 'refs/tags/" + tag + "^{}' refs/tags/" + tag);
                }
            }
            sources.add(Json.object()
                    .put("git", "git+" + repository + "#" + (pinned ? tag : ""))
                    .put("into", into)
                    .build());
        } else {
            draft.look("the digest of the source archive, from whoever released it.");
            sources.add(Json.object()
                    .put("url", value("sourceDistribution"))
                    .put("sha256", new Json.Null())
                    .put("into", into + ".zip")
                    .build());
        }
        if (maven) {
            sources.add(Json.object().put("package", maven(draft)).build());
        }
        draft.list("sources", sources);
    }

    private Json maven(Draft draft) {
        Matcher tool = TOOL.matcher(value("tool"));
        if (!tool.matches()) {
            draft.look("which Maven; the record says " + Printable.quote(value("tool")) + ". It is written")
                    .comment("  pkg:maven/org.apache.maven/apache-maven@3.9.9?classifier=bin&type=tar.gz");
            return new Json.Null();
        }
        return Json.str("pkg:maven/org.apache.maven/apache-maven@" + tool.group(1) + "?classifier=bin&type=tar.gz");
    }

    private List<String> rest() {
        return values.entrySet().stream()
                .filter(entry ->
                        !USED.contains(entry.getKey()) && !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    private static Json.Builder build(String kind, String directory) {
        return Json.object().put("kind", kind).put("directory", "/build/reproducible-path/" + directory);
    }

    private String coordinate(String name) throws MalformedException {
        if (!COORDINATE.matcher(value(name)).matches()) {
            throw new MalformedException(input, "has the " + name + " " + Printable.quote(value(name)));
        }
        return value(name);
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }
}
