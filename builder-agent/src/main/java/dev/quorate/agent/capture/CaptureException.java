package dev.quorate.agent.capture;

/** A build left no outputs that can be captured. The message is one sentence for a person. */
public final class CaptureException extends Exception {
    private static final long serialVersionUID = 1;

    CaptureException(String message) {
        super(message);
    }
}
