/** {@code quorate spec …}: check, name, pin and import rebuild specs. */
package dev.quorate.cli.spec;
