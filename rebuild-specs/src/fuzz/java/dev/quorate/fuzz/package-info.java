/**
 * Fuzzing. Each reader of strangers' bytes is a {@link dev.quorate.fuzz.Target}: bytes that it reads, and what must hold of
 * whatever it makes of other bytes. A test class that is {@link dev.quorate.fuzz.Fuzzed} names the targets of its package.
 *
 * <ul>
 *   <li>With all other tests, every target gets its seeds, all their bit flips and truncations where they are short, and
 *       mutants: the same for a seed, so that what fails fails again.
 *   <li>{@link dev.quorate.fuzz.Guided} lets Jazzer loose on the same targets, led by what their code covers
 *       ({@code .ci/fuzz}).
 * </ul>
 *
 * An input that failed is written to {@code target/fuzz}. {@code -Dquorate.fuzz.replay=FILE} with {@code -Dtest=} of the
 * class feeds it to the target that the file is named after; it then becomes a plain test and, where it has a form that no
 * seed has, a seed.
 */
package dev.quorate.fuzz;
