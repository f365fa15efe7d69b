/** Hosts with software TPMs: each has a maker of its own, whose certification authority is made with it. */
package dev.quorate.it.hosts;
