package dev.quorate.imports;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Place;
import dev.quorate.json.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Arch Linux's {@code .BUILDINFO}, versions 1 and 2. */
final class ArchBuildinfo {
    private static final int MOST_LINES = 40_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,120}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._:~-]{0,120}");
    private static final Pattern EPOCH = Pattern.compile("0|[1-9][0-9]{0,11}");
    private static final String SCRIPT = """
            makepkg --nodeps --skippgpcheck
            cp -- *.pkg.tar.* "$OUT"
            """;

    private final Map<String, List<String>> values;
    private final String input;

    private ArchBuildinfo(Map<String, List<String>> values, String input) {
        this.values = values;
        this.input = input;
    }

    /** An unlocked spec, with comments for the person who completes it. */
    static String spec(String text, String input) throws MalformedException {
        return new ArchBuildinfo(read(text, input), input).yaml();
    }

    private static Map<String, List<String>> read(String text, String input) throws MalformedException {
        Map<String, List<String>> values = new TreeMap<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (number > MOST_LINES) {
                throw new MalformedException(input, "has more than " + MOST_LINES + " lines");
            }
            int equals = line.indexOf(" = ");
            if (equals > 0) {
                values.computeIfAbsent(line.substring(0, equals).strip(), name -> new ArrayList<>())
                        .add(line.substring(equals + 3).strip());
            } else if (!line.isBlank() && !line.stripTrailing().endsWith(" =")) {
                throw new MalformedException(new Place(input, number, ""), "is not a line name = value");
            }
        }
        return values;
    }

    private String yaml() throws MalformedException {
        String format = one("format");
        if (!format.equals("1") && !format.equals("2")) {
            throw new MalformedException(input, "has the format " + Printable.quote(format) + "; 1 and 2 are read");
        }
        String base = matched("pkgbase", NAME);
        String name = matched("pkgname", NAME);
        String version = matched("pkgver", VERSION);
        String architecture = one("pkgarch");
        Json variables = Json.object()
                .put("PACKAGER", one("packager"))
                .put("SOURCE_DATE_EPOCH", matched("builddate", EPOCH))
                .build();
        Draft draft = Draft.from("Arch's .BUILDINFO", input)
                .put("name", base)
                .put("version", version)
                .put("platform", "linux/" + platform(architecture))
                .look("builders have Debian's packages, not Arch's closure below. Where the bytes depend on the")
                .comment("compiler they will differ from Arch's own; which suite comes nearest is yours to say.")
                .put(
                        "environment",
                        Json.object()
                                .put("debian", "sid")
                                .put("packages", Json.strings(List.of("makepkg")))
                                .build())
                .look("the address of the PKGBUILD with this digest, and every file that its source=() names.")
                .list(
                        "sources",
                        List.of(Json.object()
                                .put("url", new Json.Null())
                                .put("sha256", digest())
                                .put("into", "PKGBUILD")
                                .build()))
                .look("the steps. The record was made in " + one("builddir") + ".")
                .put(
                        "build",
                        Json.object()
                                .put("kind", "script")
                                .put("directory", "/build/" + base)
                                .put("variables", variables)
                                .put("script", SCRIPT)
                                .build())
                .look("the record names the package, not how it is packed.")
                .list("outputs", List.of(Json.str(name + "-" + version + "-" + architecture + ".pkg.tar.zst")))
                .limits();
        for (String list : List.of("buildtool", "buildtoolver", "buildenv", "options")) {
            draft.comments("The record's " + list + ":", all(list));
        }
        return draft.comments("The closure of that build:", all("installed")).text();
    }

    private String platform(String architecture) throws MalformedException {
        return switch (architecture) {
            case "x86_64", "any" -> "amd64";
            case "aarch64" -> "arm64";
            case "riscv64" -> "riscv64";
            default ->
                throw new MalformedException(
                        input, "was built for " + Printable.quote(architecture) + ", for which there are no builders");
        };
    }

    private String digest() throws MalformedException {
        try {
            return Sha256.parse(one("pkgbuild_sha256sum")).hex();
        } catch (IllegalArgumentException e) {
            throw new MalformedException(
                    input, "has a pkgbuild_sha256sum that is none: " + Printable.quote(one("pkgbuild_sha256sum")));
        }
    }

    private String matched(String name, Pattern form) throws MalformedException {
        if (!form.matcher(one(name)).matches()) {
            throw new MalformedException(input, "has the " + name + " " + Printable.quote(one(name)));
        }
        return one(name);
    }

    private String one(String name) throws MalformedException {
        List<String> found = all(name);
        if (found.size() != 1) {
            throw new MalformedException(input, "has " + found.size() + " lines " + name + " = … where one belongs");
        }
        return found.getFirst();
    }

    private List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }
}
