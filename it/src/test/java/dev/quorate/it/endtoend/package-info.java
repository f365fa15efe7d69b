/** The main job with real processes: real agents that build in real sandboxes, and what goes wrong with them. */
package dev.quorate.it.endtoend;
