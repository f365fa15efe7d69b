package dev.quorate.it.sim;

import dev.quorate.digest.Sha256;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;

/** An envelope that a builder was told is filed. */
record Acknowledged(RoundId round, BuilderId builder, Sha256 envelope) {}
