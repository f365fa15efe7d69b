package dev.quorate.vectors;

import dev.quorate.fixture.RoundScript;
import dev.quorate.host.HostRefusal;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.policy.Policy;
import dev.quorate.verify.RefusalCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A vector on its way to disk: the inputs of one check, and what must come of it. */
final class Draft {
    static final Instant NOW = RoundScript.START.plusSeconds(3600);

    private final String name;
    private final String lesson;
    private byte[] artifact = "good".getBytes(StandardCharsets.UTF_8);
    private byte[] kit = new byte[0];
    private byte[] trust = new byte[0];
    private byte[] policy = new byte[0];
    private Instant now = NOW;
    private Optional<String> expect = Optional.empty();
    private Optional<String> refused = Optional.empty();
    private Optional<String> vote = Optional.empty();
    private Json expected = new Json.Null();

    private Draft(String name, String lesson) {
        this.name = name;
        this.lesson = lesson;
    }

    /** The kit, trust root and policy of a round, before anybody tampers with them. */
    static Draft of(String name, RoundScript script, String lesson) {
        return new Draft(name, lesson)
                .kit(script.kit())
                .trust(script.signedTrust().bytes())
                .policy(script.policy());
    }

    Draft artifact(String content) {
        artifact = content.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    Draft kit(byte[] bytes) {
        kit = bytes;
        return this;
    }

    Draft kit(List<Bundle> bundles) {
        return kit(new Kit(bundles).bytes());
    }

    /** Changes the kit's text; Latin-1 keeps every byte as it is. */
    Draft kitText(UnaryOperator<String> change) {
        return kit(changed(kit, change));
    }

    Draft trust(byte[] bytes) {
        trust = bytes;
        return this;
    }

    Draft trustText(UnaryOperator<String> change) {
        return trust(changed(trust, change));
    }

    Draft policy(Policy value) {
        var text = new StringBuilder();
        value.json()
                .members()
                .forEach((key, v) -> text.append(key)
                        .append(": ")
                        .append(CanonicalJson.write(v))
                        .append('\n'));
        policy = text.toString().getBytes(StandardCharsets.UTF_8);
        return this;
    }

    Draft policyText(UnaryOperator<String> change) {
        policy = changed(policy, change);
        return this;
    }

    Draft now(Instant time) {
        now = time;
        return this;
    }

    Draft expect(String release) {
        expect = Optional.of(release);
        return this;
    }

    private static byte[] changed(byte[] bytes, UnaryOperator<String> change) {
        String before = new String(bytes, StandardCharsets.ISO_8859_1);
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new IllegalStateException("the change changes nothing");
        }
        return after.getBytes(StandardCharsets.ISO_8859_1);
    }

    Draft verified() {
        return expected("VERIFIED", List.of());
    }

    Draft undecided() {
        return expected("UNDECIDED", List.of());
    }

    Draft refused(RefusalCode code) {
        return expected("REFUSED", List.of(code.name()));
    }

    /** A builder's vote does not count, and its reason names this refusal of its host's evidence. */
    Draft host(String builder, HostRefusal refusal) {
        refused = Optional.of(builder + " " + refusal);
        return this;
    }

    /** A builder's vote does not count, and has this outcome. */
    Draft vote(String builder, String outcome) {
        vote = Optional.of(builder + " " + outcome);
        return this;
    }

    /** The trust root or the policy is malformed, and the sentence about it holds this text. */
    Draft error(String text) {
        kit = firstLines(1);
        expected = Json.object().put("error", text).build();
        return this;
    }

    /** The kit's beginning, for checks that end before they would see more of it. */
    private byte[] firstLines(int count) {
        int end = 0;
        for (int line = 0; line < count; line++) {
            while (kit[end] != '\n') {
                end++;
            }
            end++;
        }
        return Arrays.copyOf(kit, end);
    }

    Draft beginning(int lines) {
        kit = firstLines(lines);
        return this;
    }

    private Draft expected(String verdict, List<String> codes) {
        expected = Json.object()
                .put("verdict", verdict)
                .put("codes", Json.strings(codes))
                .build();
        return this;
    }

    String name() {
        return name;
    }

    void write(Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        List<String> words = new ArrayList<>(List.of("# " + name.replace('_', ' '), "", lesson.strip(), ""));
        Files.writeString(folder.resolve("README.md"), String.join("\n", words));
        Files.write(folder.resolve("artifact"), artifact);
        Files.write(folder.resolve("kit.sigstore.jsonl"), kit);
        Files.write(folder.resolve("trust.json"), trust);
        Files.write(folder.resolve("policy.yaml"), policy);
        Files.writeString(folder.resolve("now"), now + "\n");
        if (expect.isPresent()) {
            Files.writeString(folder.resolve("expect"), expect.get() + "\n");
        }
        if (refused.isPresent()) {
            Files.writeString(folder.resolve("refused"), refused.get() + "\n");
        }
        if (vote.isPresent()) {
            Files.writeString(folder.resolve("vote"), vote.get() + "\n");
        }
        Files.writeString(folder.resolve("expected.json"), CanonicalJson.write(expected) + "\n");
    }
}
