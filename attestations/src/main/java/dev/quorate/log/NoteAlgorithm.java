package dev.quorate.log;

/** How a key signs notes (C2SP signed-note, signature types). */
public enum NoteAlgorithm {
    /** Ed25519 over the text: logs. */
    ED25519(0x01, 64),
    /** Ed25519 over a time and the text: witnesses (C2SP tlog-cosignature). */
    COSIGNATURE_V1(0x04, 8 + 64);

    private final int type;
    private final int blobLength;

    NoteAlgorithm(int type, int blobLength) {
        this.type = type;
        this.blobLength = blobLength;
    }

    /** The signature type byte. */
    public int type() {
        return type;
    }

    int blobLength() {
        return blobLength;
    }

    static NoteAlgorithm ofType(int type) {
        for (NoteAlgorithm algorithm : values()) {
            if (algorithm.type == type) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("note keys are of type 1 (Ed25519) or 4 (cosignature/v1)");
    }
}
