package dev.quorate.agent.work;

import dev.quorate.dsse.Signer;
import java.util.Optional;

/**
 * A key that a builder speaks with.
 *
 * @param introduction what makes it this builder's; the trust root does, where there is none
 */
public record Voice(Signer signer, Optional<Introduction> introduction) {}
