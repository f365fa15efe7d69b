package dev.quorate.coordinator.blob;

/** A blob cannot be taken or given. The message is one sentence for a person. */
public final class BlobException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** Somebody is uploading it now. */
        BUSY,
        /** The upload does not continue where the stored part ends. */
        WRONG_OFFSET,
        /** More or fewer bytes came than were announced. */
        WRONG_LENGTH,
        /** The bytes have another digest; nothing of them is kept. */
        WRONG_DIGEST,
        /** The disk is full. */
        NO_SPACE,
        /** What is on the disk is no longer what was stored. */
        DAMAGED
    }

    private final Reason reason;

    BlobException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
