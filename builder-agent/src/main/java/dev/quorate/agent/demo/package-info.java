/**
 * Not part of any honest agent: a builder that lies, for {@code quorate demo}, which shows what a round makes of it.
 * Nothing outside this package refers to it.
 */
package dev.quorate.agent.demo;
