package dev.quorate.imports;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.quorate.deb822.Paragraph;
import dev.quorate.deb822.Paragraphs;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's {@code .buildinfo}. */
final class DebianBuildinfo {
    private static final int LONGEST = 4 << 20;
    private static final Pattern SOURCE = Pattern.compile("([a-z0-9][a-z0-9+.-]+)(?: \\(([^ )]+)\\))?");
    private static final Pattern VERSION = Pattern.compile("[0-9][A-Za-z0-9.+~:-]*");
    private static final Pattern VARIABLE = Pattern.compile("([A-Z][A-Z0-9_]*)=\"([^\"\\\\]*)\"");
    private static final Pattern DEPENDENCY =
            Pattern.compile("([a-z0-9][a-z0-9+.-]+)(?::[a-z0-9]+)? \\(= ([^)]+)\\),?");
    // What dpkg-buildpackage reads or what compilers do; a sanitized build sets the rest itself.
    private static final List<String> KEPT = List.of("DEB_BUILD_OPTIONS", "DEB_BUILD_PROFILES", "SOURCE_DATE_EPOCH");
    private static final Map<String, String> SUITES =
            Map.of("10", "buster", "11", "bullseye", "12", "bookworm", "13", "trixie", "14", "forky");

    private final Paragraph paragraph;
    private final String input;

    private DebianBuildinfo(Paragraph paragraph, String input) {
        this.paragraph = paragraph;
        this.input = input;
    }

    /**
     * An unlocked spec, with comments for the person who completes it.
     *
     * @param text the whole file
     * @param fileName for messages
     */
    static String spec(String text, String fileName) throws MalformedException {
        if (text.length() > LONGEST) {
            throw new MalformedException(fileName, "is longer than 4 MiB");
        }
        List<Paragraph> paragraphs = Paragraphs.parse(text, fileName);
        if (paragraphs.size() != 1
                || paragraphs.getFirst().get("Installed-Build-Depends").isEmpty()) {
            throw new MalformedException(fileName, "is not a .buildinfo: it has no Installed-Build-Depends");
        }
        return new DebianBuildinfo(paragraphs.getFirst(), fileName).yaml();
    }

    private String yaml() throws MalformedException {
        Matcher source = matched(SOURCE, "Source");
        String name = source.group(1);
        String binaryVersion = matched(VERSION, "Version").group();
        String version = Optional.ofNullable(source.group(2)).orElse(binaryVersion);
        String upstream = version.replaceFirst("^[0-9]+:", "");
        Json.Builder build = Json.object().put("kind", "debian").put("directory", directory(name, upstream));
        Json.Obj variables = variables();
        if (!variables.members().isEmpty()) {
            build.put("variables", variables);
        }
        return Draft.from("Debian's .buildinfo", input)
                .put("name", name)
                .put("version", version)
                .put("platform", "linux/" + architecture())
                .look("the record names no suite; this one follows from its base-files.")
                .put("environment", Json.object().put("debian", suite()).build())
                .list(
                        "sources",
                        List.of(Json.object()
                                .put("package", purl(name, version))
                                .build()))
                .put("build", build.build())
                .list("outputs", outputs())
                .limits()
                .comments(
                        "The closure of that build. A lock pins what the archive has now; compare where it matters.",
                        dependencies())
                .text();
    }

    private String directory(String name, String upstream) {
        String recorded = paragraph.text("Build-Path");
        return recorded.matches("/build(/[A-Za-z0-9+._~:-]+){1,15}") && !recorded.matches(".*/\\.{1,2}(/.*|$)")
                ? recorded
                : "/build/reproducible-path/" + name + "-" + upstream;
    }

    private Json.Obj variables() {
        Map<String, String> found = new TreeMap<>();
        for (String line : paragraph.lines("Environment")) {
            Matcher variable = VARIABLE.matcher(line);
            if (variable.matches() && KEPT.contains(variable.group(1))) {
                found.put(variable.group(1), variable.group(2));
            }
        }
        Json.Builder variables = Json.object();
        found.forEach(variables::put);
        return variables.build();
    }

    private String architecture() throws MalformedException {
        String architecture = paragraph.text("Build-Architecture");
        return switch (architecture) {
            case "amd64", "arm64", "riscv64" -> architecture;
            default ->
                throw new MalformedException(
                        input, "was built on " + Printable.quote(architecture) + ", for which there are no builders");
        };
    }

    private List<Json> outputs() throws MalformedException {
        List<Json> outputs = new ArrayList<>();
        for (String line : paragraph.lines("Checksums-Sha256")) {
            String[] words = line.split(" +");
            // The .dsc is an input here; everything else came out of the build.
            if (words.length == 3 && words[2].matches("[A-Za-z0-9][A-Za-z0-9+._~:-]*") && !words[2].endsWith(".dsc")) {
                outputs.add(Json.str(words[2]));
            }
        }
        if (outputs.isEmpty()) {
            throw new MalformedException(input, "names no outputs in Checksums-Sha256");
        }
        return outputs;
    }

    private List<String> dependencies() {
        return paragraph.lines("Installed-Build-Depends");
    }

    private String suite() {
        return dependencies().stream()
                .map(DEPENDENCY::matcher)
                .filter(dependency ->
                        dependency.matches() && dependency.group(1).equals("base-files"))
                .map(dependency -> SUITES.getOrDefault(dependency.group(2).split("[.+~]")[0], "sid"))
                .findFirst()
                .orElse("sid");
    }

    private static String purl(String name, String version) {
        try {
            var qualifiers = new TreeMap<>(Map.of("arch", "source"));
            return new PackageURL("deb", "debian", name, version, qualifiers, null).canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalStateException("name and version have a package's form", e);
        }
    }

    private Matcher matched(Pattern form, String field) throws MalformedException {
        Matcher matcher = form.matcher(paragraph.text(field));
        if (!matcher.matches()) {
            throw new MalformedException(
                    input, "has the field " + field + " as " + Printable.quote(paragraph.text(field)));
        }
        return matcher;
    }
}
