package dev.quorate.agent.work;

import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.agent.protocol.UnreachableException;

/** Does one thing wrong at one of the places where an agent meets the world. */
final class FaultPlan {
    private final int place;
    private final Fault fault;
    private int seen;
    private boolean struck;

    /** What goes wrong. */
    enum Fault {
        /** The process dies before it happens. */
        CRASH_BEFORE,
        /** The process dies after it happened. */
        CRASH_AFTER,
        /** The request never arrives. */
        LOST_REQUEST,
        /** It happens, and the answer never arrives. */
        LOST_ANSWER
    }

    /** The process died; nothing may catch this. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    interface Meeting<T> {
        T happen() throws CoordinatorException, InterruptedException;
    }

    FaultPlan(int place, Fault fault) {
        this.place = place;
        this.fault = fault;
    }

    /** No fault at all. */
    static FaultPlan none() {
        return new FaultPlan(-1, Fault.CRASH_BEFORE);
    }

    boolean struck() {
        return struck;
    }

    <T> T meet(Meeting<T> meeting) throws CoordinatorException, InterruptedException {
        if (seen++ != place) {
            return meeting.happen();
        }
        struck = true;
        if (fault == Fault.CRASH_AFTER || fault == Fault.LOST_ANSWER) {
            meeting.happen();
        }
        switch (fault) {
            case CRASH_BEFORE, CRASH_AFTER -> throw new Crash();
            case LOST_REQUEST, LOST_ANSWER -> throw new UnreachableException("connection reset");
        }
        throw new AssertionError("all faults end before this");
    }
}
