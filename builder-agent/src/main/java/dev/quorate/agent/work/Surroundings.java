package dev.quorate.agent.work;

import dev.quorate.agent.build.Builder;
import dev.quorate.agent.protocol.Blobs;
import dev.quorate.agent.protocol.Coordinator;
import dev.quorate.dsse.Signer;
import dev.quorate.export.Functionary;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.spec.Platform;
import dev.quorate.trust.TrustRoot;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The world of one worker, replaceable piece by piece.
 *
 * @param links signs in-toto links, if the builder does
 * @param signer the key that the trust root names
 * @param voices what is said with in rounds
 * @param rounds directory of the journals
 * @param nonces fresh and unpredictable
 */
public record Surroundings(
        BuilderId self,
        Platform platform,
        Signer signer,
        Optional<Functionary> links,
        Voices voices,
        TrustRoot trust,
        Coordinator coordinator,
        Blobs blobs,
        Inputs inputs,
        Builder builder,
        Path rounds,
        Supplier<Nonce> nonces,
        InstantSource clock,
        Pause pause,
        Backoff backoff) {}
