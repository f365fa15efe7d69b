/** The coordinator's own keys in its directory: certifier, log and TLS, each made once and then kept. */
package dev.quorate.coordinator.keys;
