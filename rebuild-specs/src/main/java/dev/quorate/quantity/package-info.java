/** Lengths of time and amounts of bytes as people write them in specs, policies and configuration. */
package dev.quorate.quantity;
