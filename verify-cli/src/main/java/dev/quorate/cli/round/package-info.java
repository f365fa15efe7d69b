/** {@code quorate submit|status|fetch|explain}: the maintainer's side of a round. */
package dev.quorate.cli.round;
