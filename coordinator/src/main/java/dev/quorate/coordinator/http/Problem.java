package dev.quorate.coordinator.http;

import dev.quorate.coordinator.blob.BlobException;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;

/**
 * A problem detail (RFC 9457).
 *
 * @param slug last part of the type
 */
record Problem(int status, String slug, String title, String detail) {
    private static final String TYPES = "https://quorate.dev/problems/";

    static Problem of(RefusedException refused) {
        var complaint = refused.complaint();
        return new Problem(complaint.status(), complaint.slug(), complaint.title(), refused.getMessage());
    }

    static Problem of(BlobException e) {
        return switch (e.reason()) {
            case BUSY -> new Problem(409, "upload-busy", "The blob is being uploaded", e.getMessage());
            case WRONG_OFFSET -> new Problem(409, "upload-offset", "The upload continues elsewhere", e.getMessage());
            case WRONG_LENGTH -> new Problem(400, "upload-length", "The upload has another length", e.getMessage());
            case WRONG_DIGEST -> new Problem(422, "upload-digest", "The upload has another digest", e.getMessage());
            case NO_SPACE -> new Problem(507, "no-space", "The disk is full", e.getMessage());
            case DAMAGED -> new Problem(500, "blob-damaged", "The blob has decayed", e.getMessage());
        };
    }

    static Problem malformed(String detail) {
        return new Problem(400, "malformed", "The request is malformed", detail);
    }

    static Problem notFound(String detail) {
        return new Problem(404, "not-found", "There is no such thing here", detail);
    }

    Reply reply() {
        Json.Obj json = Json.object()
                .put("type", TYPES + slug)
                .put("title", title)
                .put("status", status)
                .put("detail", Printable.of(detail))
                .build();
        return Reply.bytes(status, "application/problem+json", CanonicalJson.bytes(json));
    }
}
