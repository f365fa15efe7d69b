/**
 * Files by their SHA-256: {@code blobs/ab/abcd…}, and uploads that are not complete in {@code partial/abcd…}. A name
 * below {@code blobs} appears only after its content was hashed and forced to the disk, and is hashed again whenever it
 * is served, so that decay is noticed and never handed on.
 */
package dev.quorate.coordinator.blob;
