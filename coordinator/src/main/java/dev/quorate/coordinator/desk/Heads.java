package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.log.LogUnavailableException;
import dev.quorate.log.LogIndex;
import dev.quorate.log.VerifiedCheckpoint;

/** Finds the head of the log that a kit is proven under. */
public interface Heads {
    /** A head that includes the entry, cosigned as the policy wants if that can be had in good time. */
    VerifiedCheckpoint over(LogIndex entry) throws LogUnavailableException, InterruptedException;
}
