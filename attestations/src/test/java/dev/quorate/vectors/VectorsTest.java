package dev.quorate.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.policy.Policy;
import dev.quorate.spec.Release;
import dev.quorate.tally.Vote;
import dev.quorate.trust.SignedTrust;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.RefusalCode;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every folder of vectors, checked as its files say. */
class VectorsTest {
    private static final Path ROOT = Path.of("src", "test", "vectors");

    static List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(ROOT)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> vectors() throws IOException {
        return folders().stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws Exception {
        Fields expected = expected(folder);
        if (expected.has("error")) {
            assertEnding(folder, "refuse");
            String sentence = sentence(folder);
            assertTrue(sentence.contains(expected.string("error")), sentence);
            assertPrintable(sentence);
            return;
        }
        Report report = report(folder);
        Json.Obj actual = Json.object()
                .put("verdict", report.outcome().name())
                .put(
                        "codes",
                        Json.strings(report.refusals().stream()
                                .map(refusal -> refusal.code().name())
                                .toList()))
                .build();
        assertEquals(CanonicalJson.write(expected.json()), CanonicalJson.write(actual), report.refusals()::toString);
        assertEnding(
                folder,
                switch (report.outcome()) {
                    case VERIFIED -> "ok";
                    case REFUSED -> "refuse";
                    case UNDECIDED -> "undecided";
                });
        report.refusals().forEach(refusal -> assertPrintable(refusal.detail()));
        if (Files.exists(folder.resolve("refused"))) {
            String[] refused = words(folder, "refused");
            Vote vote = vote(report, refused[0]);
            assertTrue(!vote.counted() && vote.reason().contains(refused[1] + ": "), vote::reason);
        }
        if (Files.exists(folder.resolve("vote"))) {
            String[] expectedVote = words(folder, "vote");
            Vote vote = vote(report, expectedVote[0]);
            assertFalse(vote.counted());
            assertEquals(expectedVote[1], vote.outcome(), vote::reason);
        }
    }

    private static String[] words(Path folder, String file) throws IOException {
        return Files.readString(folder.resolve(file)).strip().split(" ");
    }

    private static Vote vote(Report report, String builder) {
        return report.votes().stream()
                .filter(v -> v.builder().text().equals(builder))
                .findFirst()
                .orElseThrow();
    }

    private static Fields expected(Path folder) throws Exception {
        byte[] json = Files.readAllBytes(folder.resolve("expected.json"));
        return Fields.of(JsonReader.read(json, 10_000, "expected.json"), "expected.json");
    }

    private static Report report(Path folder) throws Exception {
        Optional<Release> release = Files.exists(folder.resolve("expect"))
                ? Optional.of(
                        Release.parse(Files.readString(folder.resolve("expect")).strip()))
                : Optional.empty();
        Instant now = Instant.parse(Files.readString(folder.resolve("now")).strip());
        var artifact = new Artifact("artifact", Sha256.of(Files.readAllBytes(folder.resolve("artifact"))));
        return new Verifier(trust(folder), policy(folder), now, release)
                .verify(
                        List.of(artifact),
                        Files.readAllBytes(folder.resolve("kit.sigstore.jsonl")),
                        "kit.sigstore.jsonl");
    }

    private static SignedTrust trust(Path folder) throws Exception {
        return SignedTrust.parse(Files.readAllBytes(folder.resolve("trust.json")), "trust.json");
    }

    private static Policy policy(Path folder) throws Exception {
        return Policy.parse(Files.readAllBytes(folder.resolve("policy.yaml")), "policy.yaml");
    }

    private static String sentence(Path folder) throws Exception {
        try {
            trust(folder);
            policy(folder);
            return "nothing is malformed";
        } catch (MalformedException e) {
            return e.getMessage();
        }
    }

    private static void assertEnding(Path folder, String ending) {
        assertTrue(folder.toString().endsWith("_" + ending), () -> folder + " must end in _" + ending);
    }

    private static void assertPrintable(String text) {
        assertTrue(
                text.codePoints().allMatch(c -> c >= ' ' && c != 0x7f && Character.getType(c) != Character.FORMAT),
                () -> "must be printable: " + text.codePoints().boxed().toList());
    }

    @Test
    void everyRefusalHasAVector() throws Exception {
        Set<RefusalCode> missing = EnumSet.allOf(RefusalCode.class);
        for (Path folder : folders()) {
            Fields expected = expected(folder);
            if (expected.has("codes")) {
                missing.removeAll(expected.strings("codes", 100, RefusalCode::valueOf));
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void vectorsAreSmall() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> large = files.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() > 60_000)
                    .collect(Collectors.toList());
            assertEquals(List.of(), large, () -> String.format(Locale.ROOT, "%d files are too large", large.size()));
        }
    }
}
