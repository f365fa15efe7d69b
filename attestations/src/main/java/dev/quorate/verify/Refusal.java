package dev.quorate.verify;

/**
 * One reason against.
 *
 * @param detail one sentence for a person, safe to print
 */
public record Refusal(RefusalCode code, String detail) {}
