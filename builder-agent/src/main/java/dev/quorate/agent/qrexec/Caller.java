package dev.quorate.agent.qrexec;

import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;

/** Whom a service builds for: a builder, and the key that signs its requests. */
public record Caller(BuilderId builder, P256Key key) {}
