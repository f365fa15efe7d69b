package dev.quorate.coordinator.round;

/** Whether the builders that are left can meet the policy. */
public enum Outlook {
    /** They can. */
    CAN_MEET,
    /** They cannot, whatever they say. */
    CANNOT_MEET
}
