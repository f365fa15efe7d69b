/**
 * {@code quorate export}: what a kit says, in formats that other tools read; see {@link dev.quorate.export}.
 *
 * <p>An export is made only of a kit that verifies under the user's own trust root and policy. Of any other kit nothing
 * is written, and the command ends as {@code quorate verify} would.
 */
package dev.quorate.cli.export;
