package dev.quorate.inputs;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Printable;

/** Bytes that are not the pinned ones. Nothing of them was kept. */
public final class WrongBytesException extends Exception {
    private static final long serialVersionUID = 1;

    private WrongBytesException(String message) {
        super(message);
    }

    static WrongBytesException digest(String name, Sha256 expected, Sha256 actual) {
        return new WrongBytesException(
                Printable.of(name) + " should have SHA-256 " + expected + " but came with " + actual);
    }

    static WrongBytesException size(String name, long expected, long actual) {
        return new WrongBytesException(
                Printable.of(name) + " should have " + expected + " bytes but came with " + actual);
    }

    static WrongBytesException tooLong(String name, long limit) {
        return new WrongBytesException(Printable.of(name) + " should have at most " + limit + " bytes but has more");
    }
}
