/**
 * Debian's control files: paragraphs of fields.
 *
 * <pre>
 * file      = paragraph *( 1*blank-line paragraph )
 * paragraph = 1*field
 * field     = name ":" value *( newline ( " " / tab ) continuation )
 * comment   = "#" text                       ; a whole line, skipped
 * </pre>
 *
 * Example: {@code Package: bash} and {@code Size: 1490528} on two lines. Names compare without case. A continuation
 * line keeps its text and loses its first blank, and a line of one dot is an empty one. A signed file's armour is
 * skipped: nothing is trusted here because of it, only digests decide. Source: Debian Policy §5.1, deb822(5).
 */
package dev.quorate.deb822;
