package dev.quorate.coordinator.log;

/** When a signed head is served as the log's checkpoint. */
public enum Publication {
    /** As soon as it is durable. */
    AT_ONCE("checkpoint"),
    /** When {@link TileLog#publish} is given it with its cosignatures. */
    WHEN_COSIGNED("head");

    static final String SERVED = "checkpoint";

    private final String stateFile;

    Publication(String stateFile) {
        this.stateFile = stateFile;
    }

    String stateFile() {
        return stateFile;
    }
}
