package dev.quorate.json;

/**
 * Input that does not have its format. The message is one sentence for a person: the place (file, line, field), what is
 * wrong there, and what would be right.
 */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    /** Something wrong at a place. */
    public MalformedException(Place place, String problem) {
        super(place.isNowhere() ? problem : place + ": " + problem);
    }

    /** Something wrong with a whole input, by name. */
    public MalformedException(String input, String problem) {
        super(input + ": " + problem);
    }
}
