package dev.quorate.export;

import dev.quorate.intoto.Subject;
import dev.quorate.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A functionary's link over verified files, with a layout that asks for it.
 *
 * @param step name of the step, without slashes
 * @param files what was verified
 * @param finding what the functionary found, in a sentence of ASCII
 * @param expires when the layout ends
 */
public record LinkFiles(String step, List<Subject> files, String finding, Instant expires) {
    private static final int ID_IN_NAME = 8;

    /**
     * Keeps what is to be signed.
     *
     * @throws IllegalArgumentException if the step cannot be part of a file's name
     */
    public LinkFiles {
        files = List.copyOf(files);
        step(step);
    }

    /**
     * A step's name as a user gives it.
     *
     * @throws IllegalArgumentException unless it is 1 to 100 letters, digits, spaces and {@code . _ + -}, and begins with
     *     a letter or digit
     */
    public static String step(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._+ -]{0,99}")) {
            throw new IllegalArgumentException("must be 1 to 100 letters, digits, spaces and . _ + -");
        }
        return text;
    }

    /** The link, the layout, and the key in three forms, each under the name of who reads it. */
    public List<ExportedFile> sign(Functionary functionary) {
        String linkName = step + "." + functionary.key().id().substring(0, ID_IN_NAME) + ".link";
        return List.of(
                ExportedFile.json(linkName, functionary.sign(link())),
                ExportedFile.json("root.layout", functionary.sign(layout(functionary))),
                ExportedFile.json("functionary.in-toto.pub", functionary.key().description()),
                ExportedFile.text("functionary.rfc8410.pem", functionary.key().pem()),
                ExportedFile.text(
                        "functionary.repro-threshold.pem", functionary.key().pemWithNull()));
    }

    private Json.Obj link() {
        Json.Builder products = Json.object();
        files.forEach(file -> products.put(
                file.name(), Json.object().put("sha256", file.sha256().hex()).build()));
        return Json.object()
                .put("_type", "link")
                .put("name", step)
                .put("materials", Json.object().build())
                .put("products", products.build())
                .put("environment", Json.object().build())
                .put("byproducts", Json.object().put("quorate", finding).build())
                .put("command", Json.arr(List.of()))
                .build();
    }

    private Json.Obj layout(Functionary functionary) {
        Json.Obj keys = Json.object()
                .put(functionary.key().id(), functionary.key().listed())
                .build();
        return Json.object()
                .put("_type", "layout")
                .put("expires", expires.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("inspect", Json.arr(List.of(inspection())))
                .put("keys", keys)
                .put("readme", finding)
                .put("steps", Json.arr(List.of(step(functionary))))
                .build();
    }

    private Json.Obj step(Functionary functionary) {
        return Json.object()
                .put("_type", "step")
                .put("name", step)
                .put("expected_command", Json.arr(List.of()))
                .put("expected_materials", Json.arr(List.of()))
                .put("expected_products", Json.arr(List.of(Json.strings(List.of("CREATE", "*")))))
                .put("pubkeys", Json.strings(List.of(functionary.key().id())))
                .put("threshold", 1)
                .build();
    }

    /** Without REQUIRE the inspection of an empty directory would find nothing to object to. */
    private Json.Obj inspection() {
        List<Json.Arr> rules = new ArrayList<>();
        for (Subject file : files) {
            String pattern = literal(file.name());
            rules.add(Json.strings(List.of("REQUIRE", file.name())));
            rules.add(Json.strings(List.of("MATCH", pattern, "WITH", "PRODUCTS", "FROM", step)));
            rules.add(Json.strings(List.of("DISALLOW", pattern)));
        }
        return Json.object()
                .put("_type", "inspection")
                .put("name", "compare")
                .put("run", Json.strings(List.of("true")))
                .put("expected_materials", Json.arr(rules))
                .put("expected_products", Json.arr(List.of()))
                .build();
    }

    /** The fnmatch pattern that fits this name only. */
    private static String literal(String name) {
        return name.replaceAll("[*?\\[]", "[$0]");
    }
}
