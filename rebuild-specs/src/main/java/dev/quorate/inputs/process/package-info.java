/** Running the machine's own programs with a cleared environment, a time limit and bounded output. */
package dev.quorate.inputs.process;
