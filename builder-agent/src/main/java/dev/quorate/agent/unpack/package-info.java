/**
 * Pinned files on their way into a build: copied while their digest is checked again, and archives unpacked so that
 * nothing is written outside of the target, whatever the archive says.
 */
package dev.quorate.agent.unpack;
