package dev.quorate.coordinator.round;

/** A try that ended in a failure of the machine or of an input, under the lease that it had. */
record Attempt(LeaseToken token, Filed proof) {}
