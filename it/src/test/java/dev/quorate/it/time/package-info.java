/** OpenSSL as a time-stamping authority (RFC 3161) that somebody else wrote. */
package dev.quorate.it.time;
