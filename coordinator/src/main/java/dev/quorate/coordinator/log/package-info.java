/**
 * The transparency log on disk: one directory, one writer, plain files that can be served as they are.
 *
 * <pre>
 * lock                       held by the one process that writes
 * checkpoint                 what is served: signed, and cosigned where witnesses are asked
 * head                       the newest signed head, where publication waits for witnesses
 * tile/…  tile/entries/…     C2SP tlog-tiles; see {@link dev.quorate.log}
 * journal/&lt;first index&gt;      entries that were acknowledged, some of them not yet in tiles
 * </pre>
 *
 * <p>An append is acknowledged when its batch is in the journal and the disk has said so. Tiles and a new signed head
 * follow, in this order: full and partial tiles and bundles, each written aside, forced, renamed and its directory
 * forced; then the head in the same way; then the journal's older segments go. A tile's bytes follow from the entries
 * alone, so work that a crash cut short is done again and gives the same files. What the newest head names is the
 * durable state; the journal holds whatever was acknowledged beyond it.
 *
 * <p>A journal segment is
 *
 * <pre>
 * segment = "quorate journal\n" salt[16] *frame
 * frame   = "QLB1" first[8] count[4] length[4] payload sha256(salt frame-so-far)   ; big-endian
 * payload = an entry bundle of count entries
 * </pre>
 *
 * A frame that does not verify ends the segment if nothing behind it verifies: the disk tore it, and nobody was told
 * that it was kept. If something behind it verifies, the disk lost what it had confirmed, and the log does not open.
 *
 * <p>After any write or force that fails, nothing is acknowledged any more until the log is opened anew.
 */
package dev.quorate.coordinator.log;
