/** A witness for tests, speaking C2SP tlog-witness over HTTP. */
package dev.quorate.it.witness;
