package dev.quorate.coordinator.desk;

/** The desk does not do what it was asked. The message is one sentence for the one who asked. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Complaint complaint;

    /** Says no. */
    public RefusedException(Complaint complaint, String detail) {
        super(detail);
        this.complaint = complaint;
    }

    /** Why. */
    public Complaint complaint() {
        return complaint;
    }
}
