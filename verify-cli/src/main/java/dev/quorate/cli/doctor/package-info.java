/** {@code quorate doctor}: what this machine has and lacks, each with its remedy. */
package dev.quorate.cli.doctor;
