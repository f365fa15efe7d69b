package dev.quorate.it.sim;

/** An invariant did not hold. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    Violation(String invariant, String what) {
        super(invariant + ": " + what);
    }
}
