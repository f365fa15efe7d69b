package dev.quorate.cli.verify;

import dev.quorate.digest.Sha256;
import dev.quorate.intoto.Instants;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.spec.Release;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.RefusalCode;
import dev.quorate.verify.Report;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** An exception from the gate that somebody took responsibility for. */
record Waiver(Target target, String reason, Instant expires) {
    private static final Set<RefusalCode> OF_A_RELEASE = EnumSet.of(
            RefusalCode.CONTESTED, RefusalCode.FAILED, RefusalCode.INSUFFICIENT, RefusalCode.CERTIFICATE_STALE);
    private static final int LONGEST_REASON = 500;

    /** What is let through. */
    sealed interface Target {
        /** One file, whatever was found. */
        record OfArtifact(Sha256 sha256) implements Target {}

        /** A release whose verdict is not positive. */
        record OfRelease(Release release) implements Target {}
    }

    static Waiver read(Fields fields) throws MalformedException {
        if (fields.has("artifact") == fields.has("release")) {
            throw new MalformedException(fields.place(), "must have one of artifact and release");
        }
        Target target = fields.has("artifact")
                ? new Target.OfArtifact(fields.string("artifact", Sha256::parse))
                : new Target.OfRelease(fields.string("release", Release::parse));
        var waiver =
                new Waiver(target, fields.string("reason", Waiver::reason), fields.string("expires", Instants::parse));
        fields.end();
        return waiver;
    }

    private static String reason(String text) {
        if (text.isBlank() || text.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("must say why, in at most " + LONGEST_REASON + " characters");
        }
        return text;
    }

    /** Whether it lets this artifact pass in spite of that report. */
    boolean covers(Artifact artifact, Report report, Instant now) {
        if (!now.isBefore(expires)) {
            return false;
        }
        return switch (target) {
            case Target.OfArtifact(Sha256 sha256) -> sha256.equals(artifact.sha256());
            case Target.OfRelease(Release release) ->
                report.release().stream().anyMatch(release::equals)
                        && report.refusals().stream().allMatch(refusal -> OF_A_RELEASE.contains(refusal.code()));
        };
    }

    /** What it lets through, in words. */
    String subject() {
        return switch (target) {
            case Target.OfArtifact(Sha256 sha256) -> "artifact " + sha256;
            case Target.OfRelease(Release release) -> "release " + release;
        };
    }

    String words() {
        return subject() + " until " + expires + ": " + Printable.of(reason);
    }

    Json.Obj json() {
        return Json.object()
                .put("subject", subject())
                .put("reason", reason)
                .put("expires", expires.toString())
                .build();
    }
}
