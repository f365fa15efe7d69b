/**
 * The outputs of a build, taken out of a directory that a stranger's build has filled: matched by the spec's patterns,
 * following no link, hashed while they are copied.
 */
package dev.quorate.agent.capture;
