package dev.quorate.coordinator.http;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells failures of the machine apart. */
final class Failures {
    private static final int DEEPEST = 20;

    private Failures() {}

    static boolean isFullDisk(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL
                    || String.valueOf(cause.getMessage()).contains("No space left on device")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
