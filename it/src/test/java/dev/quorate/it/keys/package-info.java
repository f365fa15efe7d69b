/** Keys that are no files: a PKCS#11 token in software (SoftHSM2), and software TPMs. */
package dev.quorate.it.keys;
