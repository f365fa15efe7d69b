/** A whole installation on one machine, for tests: real processes, real TLS, real builds. */
package dev.quorate.it.cluster;
