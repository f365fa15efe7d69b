/**
 * Runs one locked spec from files that are already on this machine, in isolation, and says what came out.
 *
 * <p>{@link dev.quorate.agent.build.Builder} is the whole contract: a {@link dev.quorate.agent.build.BuildOrder} goes in,
 * a {@link dev.quorate.agent.build.BuildResult} comes out, and an interrupt leaves nothing running and nothing behind.
 */
package dev.quorate.agent.build;
