/** Honest rounds of any size, made at once and without servers, for peers and benches to look at. */
package dev.quorate.it.rounds;
