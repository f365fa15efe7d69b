package dev.quorate.it.sim;

import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.Signer;

/** A fresh key, and what is to make it a machine's. */
record Voice(Signer signer, Envelope evidence) {}
