package dev.quorate.agent.image;

/** No image can be made. The message is one sentence for a person. */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1;

    ImageException(String message) {
        super(message);
    }
}
